// The REST API's own address is closed to all but CloudFront, where there is a firewall to go around.
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { configOf, type Edge } from '../../lib/config.ts';
import { synthesized, synthesizedFrom } from './stage.ts';

const prodWith = (edge: Partial<Edge>): Record<string, Template> => {
  const config = configOf('prod');
  return synthesizedFrom({ ...config, edge: { ...config.edge, ...edge } });
};

const aclOf = (stack: Template | undefined) => Object.values(stack?.findResources('AWS::WAFv2::WebACL') ?? {})[0]?.Properties;

/** Logical ids of the secrets that open the REST API: each lets in what has it, whole and as it is, in that header. */
const accepted = (stack: Template | undefined): string[] =>
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
  (aclOf(stack)?.Rules ?? []).map(({ Action, Statement: { ByteMatchStatement: match } }: any) => {
    expect(Action).toEqual({ Allow: {} });
    expect(match).toMatchObject({
      FieldToMatch: { SingleHeader: { Name: 'x-origin-key' } },
      PositionalConstraint: 'EXACTLY',
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    });
    return JSON.stringify(match.SearchString).match(/"Ref":"(OriginKey\w+)"/)?.[1];
  });

/** What CloudFront sends to each of its origins of programs, by header. */
const sent = (stack: Template | undefined): string[] => {
  const [distribution] = Object.values(stack?.findResources('AWS::CloudFront::Distribution') ?? {});
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
  const origins: any[] = distribution?.Properties.DistributionConfig.Origins;
  return origins.flatMap(({ OriginCustomHeaders = [] }) =>
    OriginCustomHeaders.map(
      ({ HeaderName, HeaderValue }: { HeaderName: string; HeaderValue: object }) => `${HeaderName} ${JSON.stringify(HeaderValue)}`,
    ),
  );
};

test('the stage of the REST API lets in the key that CloudFront sends, and nothing else', () => {
  const { systems, console } = synthesized('prod');
  expect(aclOf(systems)).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Block: {} } });
  const [association] = Object.values(systems?.findResources('AWS::WAFv2::WebACLAssociation') ?? {});
  expect(JSON.stringify(association?.Properties.ResourceArn)).toMatch(/:apigateway:.*::\/restapis\/.*\/stages\//);
  const [key] = accepted(systems);
  expect(sent(console)).toEqual([expect.stringMatching(new RegExp(`^x-origin-key .*resolve:secretsmanager:.*${key}`))]);
});

test('the key is drawn by AWS, and stands in no template', () => {
  const { systems, console } = synthesized('prod');
  const [key] = accepted(systems);
  const secret = systems?.findResources('AWS::SecretsManager::Secret')[key ?? ''];
  expect(secret?.Properties.GenerateSecretString).toEqual({ PasswordLength: 48, ExcludePunctuation: true });
  expect(secret?.Properties.SecretString).toBeUndefined();
  for (const header of sent(console)) expect(header).toContain('{{resolve:secretsmanager:');
});

test('a new key is accepted before it is sent, and the one before goes on being accepted', () => {
  const [first, second, third] = [1, 2, 3].map((originKey) => prodWith({ originKey }));
  expect(accepted(first?.systems)).toHaveLength(1);
  expect(accepted(second?.systems)).toContain(accepted(first?.systems)[0]);
  expect(accepted(third?.systems)).not.toContain(accepted(first?.systems)[0]);
  const [newest] = accepted(second?.systems);
  expect(sent(second?.console)[0]).toContain(newest);
  expect(sent(first?.console)[0]).not.toContain(newest);
});

test('callers with signatures of IAM come by that address: the firewall itself stands there', () => {
  const { systems, console } = prodWith({ authorizer: { kind: 'iam' } });
  const names = aclOf(systems)?.Rules.map(({ Name }: { Name: string }) => Name);
  expect(names).toEqual(aclOf(synthesized('prod').edge)?.Rules.map(({ Name }: { Name: string }) => Name));
  expect(aclOf(systems)).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
  systems?.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  expect(sent(console)).toEqual([]);
});

test('without a firewall there is nothing to go around, and no key', () => {
  const { systems, console } = synthesized('dev');
  systems?.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  expect(sent(console)).toEqual([]);
});
