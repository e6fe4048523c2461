// Who may call the APIs: anybody, principals of IAM, or holders of tokens, as the configuration says.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { configOf, type Edge } from '../../lib/config.ts';
import { openApi } from '../../lib/documentation/openapi.ts';
import { methodsOf } from './methods.ts';
import { synthesizedFrom } from './stage.ts';

const token = { kind: 'jwt', issuer: 'https://issuer.example', audience: 'stackyard' } as const;

const systemsWith = (authorizer: Edge['authorizer']): Template | undefined => {
  const config = configOf('prod');
  return synthesizedFrom({ ...config, edge: { ...config.edge, authorizer } }).systems;
};

let none: Template | undefined;
let iam: Template | undefined;
let jwt: Template | undefined;

beforeAll(() => {
  [none, iam, jwt] = [systemsWith({ kind: 'none' }), systemsWith({ kind: 'iam' }), systemsWith(token)];
});

const forAnybody = ['GET /api', 'GET /healthz', 'GET /status', 'GET /status/ready'];

const openIn = (template: Template | undefined): string[] =>
  [...methodsOf(template)].flatMap(([name, { AuthorizationType }]) => (AuthorizationType === 'NONE' ? [name] : [])).sort();

test('without an authorizer everything is open, which shows that the next checks can fail', () => {
  expect(openIn(none).length).toBeGreaterThan(40);
  none?.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
});

test.each(['iam', 'jwt'])('with %s only health and the way to the documentation are open, and the checkout is not', (kind) => {
  const template = kind === 'iam' ? iam : jwt;
  expect(openIn(template)).toEqual(forAnybody);
  expect(methodsOf(template).get('POST /orders/checkout/{order_id}')?.AuthorizationType).toBe(kind === 'iam' ? 'AWS_IAM' : 'CUSTOM');
});

test('routes that want the key want it besides', () => {
  expect(methodsOf(jwt).get('GET /orders/audit')).toMatchObject({ AuthorizationType: 'CUSTOM', ApiKeyRequired: true });
});

test('a token is read by a function outside the network, and answers are kept for a minute', () => {
  jwt?.hasResourceProperties('AWS::ApiGateway::Authorizer', {
    Type: 'TOKEN',
    IdentitySource: 'method.request.header.Authorization',
    AuthorizerResultTtlInSeconds: 60,
  });
  jwt?.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'stackyard-prod-operations-authorize',
    VpcConfig: Match.absent(),
    Environment: { Variables: Match.objectLike({ TOKEN_ISSUER: 'https://issuer.example', TOKEN_AUDIENCE: 'stackyard' }) },
  });
});

test('what has not the form of a token is refused before a function runs', () => {
  const [authorizer] = Object.values(jwt?.findResources('AWS::ApiGateway::Authorizer') ?? {});
  const form = new RegExp(authorizer?.Properties.IdentityValidationExpression);
  expect(form.test('Bearer eyJh.eyJz.c2ln')).toBe(true);
  for (const wrong of ['eyJh.eyJz.c2ln', 'Basic eyJh.eyJz.c2ln', 'Bearer eyJh.eyJz.', 'Bearer eyJh.eyJz', 'Bearer  eyJh.eyJz.c2ln', ''])
    expect(form.test(wrong), wrong).toBe(false);
});

test('without a token, and with a bad one, the answer is the same 401 in our shape', () => {
  for (const ResponseType of ['UNAUTHORIZED', 'ACCESS_DENIED']) {
    jwt?.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType,
      StatusCode: '401',
      ResponseParameters: {
        'gatewayresponse.header.x-request-id': 'context.requestId',
        'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
      },
      ResponseTemplates: { 'application/json': '{"message":"Unauthorized"}' },
    });
  }
});

test('connections are let in by the same rule, when they are opened', () => {
  const ofConnect = (template: Template | undefined) =>
    Object.values(template?.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: '$connect' } }) ?? {})[0]?.Properties;
  expect(ofConnect(none).AuthorizationType ?? 'NONE').toBe('NONE');
  expect(ofConnect(iam).AuthorizationType).toBe('AWS_IAM');
  expect(ofConnect(jwt).AuthorizationType).toBe('CUSTOM');
  jwt?.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', { IdentitySource: ['route.request.querystring.token'] });
});

test('API Gateway may ask the function for both APIs, each by its own authorizer', () => {
  const [fn] = Object.keys(
    jwt?.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'stackyard-prod-operations-authorize' } }) ?? {},
  );
  const sources = Object.values(jwt?.findResources('AWS::Lambda::Permission') ?? {})
    .filter(({ Properties }) => Properties.FunctionName['Fn::GetAtt']?.[0] === fn)
    .map(({ Properties }) => JSON.stringify(Properties.SourceArn));
  expect(sources).toHaveLength(2);
  for (const source of sources) expect(source).toContain('/authorizers/');
});

test('the documentation says which credentials are wanted, except of open routes', () => {
  const { paths, components } = openApi({ ...configOf('prod').edge, authorizer: token });
  expect(components.securitySchemes).toHaveProperty('token');
  expect(paths['/orders/audit']?.get).toMatchObject({ security: [{ token: [], key: [] }] });
  expect(paths['/healthz']?.get).not.toHaveProperty('security');
});
