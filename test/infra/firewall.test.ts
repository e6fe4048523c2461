// What the firewall before CloudFront lets in, in the order in which a request meets its rules.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { largerThan } from '../../lib/firewall/larger-than.ts';
import { synthesized } from './stage.ts';
import { endedBy, type Sent } from './waf.ts';

let stacks: Record<string, Template>;
// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
let acl: any;

beforeAll(() => {
  stacks = synthesized('prod');
  acl = Object.values(stacks.edge?.findResources('AWS::WAFv2::WebACL') ?? {})[0]?.Properties;
});

const LABELS = 'awswaf:managed:aws:core-rule-set:';
const length = (bytes: number) => ({ 'content-length': String(bytes) });

test.each<[string, Sent, string | undefined]>([
  ['a page', { path: '/' }, undefined],
  ['a read without a body', { path: '/orders/find/7' }, undefined],
  ['a picture of 5 MiB', { method: 'POST', path: '/api', headers: length(5 * 2 ** 20), body: 5 * 2 ** 20 }, undefined],
  ['a picture at its limit', { method: 'POST', path: '/api/', headers: length(5_767_168), body: 5_767_168 }, undefined],
  ['a picture above its limit', { method: 'POST', path: '/api', headers: length(5_767_169) }, 'TooLarge5767168 413'],
  ['a message at its limit', { method: 'POST', path: '/endpoint', headers: length(262_144), body: 262_144 }, undefined],
  ['a message above its limit', { method: 'POST', path: '/endpoint', headers: length(262_145) }, 'TooLarge262144 413'],
  ['a length with zeros before it', { method: 'POST', path: '/endpoint', headers: { 'content-length': '00262145' } }, 'TooLarge262144 413'],
  ['a path that begins like the pictures', { method: 'POST', path: '/api/jobs', headers: length(262_145) }, 'TooLarge262144 413'],
  ['a short body of no told length', { method: 'POST', path: '/endpoint', body: 16_384 }, undefined],
  ['a long body of no told length', { method: 'POST', path: '/endpoint', body: 16_385 }, 'LengthRequired 411'],
  [
    'a long body of a length that is no number',
    { method: 'POST', path: '/api', headers: { 'content-length': 'x' }, body: 20_000 },
    'LengthRequired 411',
  ],
  ['a picture that looks too large to AWS', { method: 'POST', path: '/api', labels: [`${LABELS}SizeRestrictions_Body`] }, undefined],
  ['a message about markup', { method: 'POST', path: '/endpoint', labels: [`${LABELS}CrossSiteScripting_Body`] }, undefined],
  [
    'markup where no route takes a body',
    { method: 'POST', path: '/stock/add/7/1', labels: [`${LABELS}CrossSiteScripting_Body`] },
    'BodiesElsewhere 403',
  ],
])('%s: %j ends by %s', (_, sent, rule) => {
  expect(endedBy(acl.Rules, sent)).toBe(rule);
});

test('a rule that is taken away, or does not block, is missed, so these expectations can fail', () => {
  const tooLarge: Sent = { method: 'POST', path: '/endpoint', headers: length(262_145) };
  const own = ({ Name }: { Name: string }) => Name === 'TooLarge262144';
  expect(
    endedBy(
      acl.Rules.filter((rule: { Name: string }) => !own(rule)),
      tooLarge,
    ),
  ).toBeUndefined();
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
  const acting = (Action: object) => acl.Rules.map((rule: any) => (own(rule) ? { ...rule, Action } : rule));
  for (const Action of [{ Count: {} }, { Allow: {} }]) expect(endedBy(acting(Action), tooLarge)).toBeUndefined();
  expect(() => endedBy(acting({ Captcha: {} }), tooLarge)).toThrow('not read here: {"Captcha":{}}');
});

test('what no rule refuses is let in', () => {
  expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
});

test.each([1, 9, 42, 99, 100, 199, 262_144])('the pattern of numbers above %i fits exactly those', (limit) => {
  const pattern = new RegExp(largerThan(limit));
  const near = Array.from({ length: 2_000 }, (_, index) => Math.max(0, limit - 1_000) + index);
  for (const number of [...near, limit * 10, limit * 99, 10 ** 9])
    expect(pattern.test(String(number)), String(number)).toBe(number > limit);
  for (const text of ['', '-1', '1e9', `${limit + 1}x`]) expect(pattern.test(text), text).toBe(false);
});

test('an address has 3,000 requests in 5 minutes, and 600 that move money or goods; what is more is a 429', () => {
  const ruleOf = (name: string) => acl.Rules.find(({ Name }: { Name: string }) => Name === name);
  const rate = (name: string) => ruleOf(name).Statement.RateBasedStatement;
  for (const name of ['Requests', 'ChangesOfMoney'])
    expect(ruleOf(name).Action, name).toEqual({ Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'TooMany' } } });
  expect(rate('Requests')).toEqual({ AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 3_000 });
  expect(rate('ChangesOfMoney')).toMatchObject({ AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 600 });
  const money = [{ Name: 'money', Priority: 0, Action: { Block: {} }, Statement: rate('ChangesOfMoney').ScopeDownStatement }];
  for (const { method, path } of ['orders', 'stock', 'payment'].flatMap((name) => Object.values(systems[name] ?? {})))
    expect(endedBy(money, { method, path }) !== undefined, `${method} ${path}`).toBe(method === 'POST');
  for (const path of ['/%6Frders/create/1', '/healthz/../orders/create/1'])
    expect(endedBy(money, { method: 'POST', path }), path).toBeDefined();
  expect(endedBy(money, { method: 'POST', path: '/endpoint' })).toBeUndefined();
});

test("AWS's own groups stand behind the cheap rules, and block but for what would be wrong about us", () => {
  const groups = acl.Rules.filter(({ Statement }: { Statement: object }) => 'ManagedRuleGroupStatement' in Statement);
  const counted = Object.fromEntries(
    groups.map(({ OverrideAction, Statement: { ManagedRuleGroupStatement: group } }: (typeof groups)[0]) => {
      expect(OverrideAction).toEqual({ None: {} });
      const overrides: { Name: string; ActionToUse: object }[] = group.RuleActionOverrides ?? [];
      for (const { Name, ActionToUse } of overrides) expect(ActionToUse, Name).toEqual({ Count: {} });
      return [group.Name, overrides.map(({ Name }) => Name)];
    }),
  );
  expect(counted).toEqual({
    AWSManagedRulesAmazonIpReputationList: [],
    AWSManagedRulesKnownBadInputsRuleSet: [],
    AWSManagedRulesCommonRuleSet: [
      'NoUserAgent_HEADER',
      'SizeRestrictions_BODY',
      'CrossSiteScripting_BODY',
      'GenericRFI_BODY',
      'GenericLFI_BODY',
      'EC2MetaDataSSRF_BODY',
    ],
  });
});

test('every rule is measured under a name of its own, and every refusal has words', () => {
  const names = acl.Rules.map(({ VisibilityConfig }: { VisibilityConfig: { MetricName: string } }) => VisibilityConfig.MetricName);
  expect(new Set(names).size).toBe(acl.Rules.length);
  for (const { Action } of acl.Rules) {
    const key = Action?.Block?.CustomResponse?.CustomResponseBodyKey;
    if (key) expect(JSON.parse(acl.CustomResponseBodies[key].Content)).toEqual({ message: expect.any(String) });
  }
});

test('what is refused is logged in the region of the firewall, and neither logs nor samples hold keys and tokens', () => {
  stacks.edge?.hasResourceProperties('AWS::Logs::LogGroup', {
    LogGroupName: Match.stringLikeRegexp('^aws-waf-logs-'),
    RetentionInDays: 90,
  });
  const [logging] = Object.values(stacks.edge?.findResources('AWS::WAFv2::LoggingConfiguration') ?? {});
  expect(JSON.stringify(logging?.Properties.LogDestinationConfigs)).not.toContain('GetAtt');
  expect(acl.DataProtectionConfig.DataProtections.flatMap(({ Field }: { Field: { FieldKeys: string[] } }) => Field.FieldKeys)).toEqual([
    'x-api-key',
    'authorization',
    'x-origin-key',
    'token',
  ]);
});

test('CloudFront is behind it, by an output of another region; stages without it have no such stack', () => {
  const [output] = Object.keys(stacks.edge?.toJSON().Outputs);
  stacks.console?.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: Match.objectLike({
      WebACLId: { 'Fn::GetStackOutput': { StackName: 'stackyard-prod-edge', OutputName: output, Region: 'us-east-1' } },
    }),
  });
  expect(Object.keys(synthesized('dev'))).not.toContain('edge');
});
