// What the template says in place of functions: MOCK integrations, gateway responses, API keys (R14, R7).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TemplateResource } from '../../local/assembly/template.ts';
import { apiKeysOf } from '../../local/gateway/api-keys.ts';
import { type FixtureHost, hostFixture, refusal } from './fixture.ts';
import { message, send } from './raw-http.ts';
import { echo, restApiTemplate } from './rest-template.ts';

const header = (name: string) => `method.response.header.${name}`;

/** As CDK's `defaultCorsPreflightOptions` writes it. */
const preflight = {
  Type: 'MOCK',
  RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
  IntegrationResponses: [
    {
      StatusCode: '204',
      ResponseParameters: { [header('Access-Control-Allow-Origin')]: "'*'", [header('Access-Control-Allow-Methods')]: "'GET,POST'" },
    },
  ],
};

const redirect = {
  Type: 'MOCK',
  RequestTemplates: { 'application/json': '{"statusCode": 302}' },
  IntegrationResponses: [
    { StatusCode: '200' },
    {
      StatusCode: '302',
      SelectionPattern: '302',
      ResponseParameters: { [header('Location')]: "'/things'", [header('X-Request-Id')]: 'context.requestId' },
    },
  ],
};

const gatewayResponse = (type: string, more: object): TemplateResource => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: { RestApiId: { Ref: 'Api' }, ResponseType: type, ...more },
});

const keys: Record<string, TemplateResource> = {
  Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } },
  GivenKey: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: 'a-value-of-twenty-characters' } },
  Stranger: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true, Value: 'in-no-plan-whatsoever' } },
  Plan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: { ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }], Throttle: { RateLimit: 100, BurstLimit: 100 } },
  },
  PlanKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
  },
  PlanGivenKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: { Ref: 'GivenKey' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
  },
};

let fixture: FixtureHost;
beforeAll(async () => {
  const routes = {
    'GET /things': 'Echo',
    'OPTIONS /things': { to: preflight },
    'GET /old': { to: redirect },
    'GET /admin': { to: 'Echo', method: { ApiKeyRequired: true } },
  };
  fixture = await hostFixture({
    Echo: echo,
    ...restApiTemplate(routes, {}, {}, ['NotFound', 'Any4xx']),
    ...keys,
    NotFound: gatewayResponse('MISSING_AUTHENTICATION_TOKEN', {
      StatusCode: '404',
      ResponseParameters: {
        'gatewayresponse.header.x-request-id': 'context.requestId',
        'gatewayresponse.header.X-Asked': 'method.request.header.x-ask',
      },
      ResponseTemplates: { 'application/json': '{"message":"not found","said":$context.error.messageString,"id":"$context.requestId"}' },
    }),
    Any4xx: gatewayResponse('DEFAULT_4XX', { ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } }),
  });
});
afterAll(() => fixture.stop());

describe('a MOCK integration', () => {
  it('R14: answers a preflight from the template', async () => {
    const answer = await send(fixture.url, '/things', {
      method: 'OPTIONS',
      headers: ['Origin', 'http://a', 'Access-Control-Request-Method', 'GET'],
    });
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET,POST' });
  });

  it('R14: selects the response by the status of the request template', async () => {
    const answer = await send(fixture.url, '/old');
    expect(answer.status).toBe(302);
    expect(answer.headers).toMatchObject({ location: '/things', 'x-request-id': answer.headers['x-amzn-requestid'] });
  });

  it('R14: adds no CORS headers to what a function answers', async () => {
    expect((await send(fixture.url, '/things')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('R14: refuses Velocity templates at start', async () => {
    const velocity = { ...preflight, RequestTemplates: { 'application/json': '#set($x = 1){"statusCode": 200}' } };
    await expect(hostFixture(restApiTemplate({ 'GET /': { to: velocity } }))).rejects.toThrow('Velocity');
  });
});

describe('a gateway response', () => {
  it('R7: replaces status, headers and body of its type', async () => {
    const answer = await send(fixture.url, '/nothing', { headers: ['X-Ask', 'this'] });
    const id = answer.headers['x-amzn-requestid'];
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toEqual({ message: 'not found', said: 'Missing Authentication Token', id });
    expect(answer.headers).toMatchObject({ 'x-request-id': id, 'x-asked': 'this' });
  });

  it('R14: of a class stands in for types without one of their own', async () => {
    const answer = await send(fixture.url, '/admin');
    expect(answer).toMatchObject({ status: 403, body: message('Forbidden') });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('R14: that comes after the deployment is not part of it', async () => {
    const late = await hostFixture({
      Echo: echo,
      ...restApiTemplate({ 'GET /': 'Echo' }),
      NotFound: { ...gatewayResponse('MISSING_AUTHENTICATION_TOKEN', { StatusCode: '404' }), DependsOn: 'Deployment' },
    });
    expect((await send(late.url, '/nothing')).status).toBe(403);
    await late.stop();
  });

  it('refuses a mapping that cannot be read at start', async () => {
    const wrong = gatewayResponse('DEFAULT_5XX', { ResponseParameters: { 'gatewayresponse.header.x': 'context.nonsense' } });
    await expect(hostFixture({ Echo: echo, ...restApiTemplate({ 'GET /': 'Echo' }), Wrong: wrong })).rejects.toThrow(
      refusal('context.nonsense'),
    );
  });
});

describe('API keys', () => {
  const admin = (key: string) => send(fixture.url, '/admin', { headers: ['x-api-key', key] });

  it('open a method that requires one, and their id is in the event', async () => {
    const value = fixture.attribute('Key', 'Value');
    const answer = await admin(value);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body).requestContext.identity).toMatchObject({ apiKey: value, apiKeyId: fixture.ref('Key') });
    expect((await admin('a-value-of-twenty-characters')).status).toBe(200);
  });

  it('that are missing, wrong or in no plan are a 403 Forbidden', async () => {
    for (const key of ['', 'wrong', 'in-no-plan-whatsoever', '__proto__']) {
      const answer = await admin(key);
      expect(answer).toMatchObject({ status: 403, body: message('Forbidden') });
      expect(answer.headers['x-amzn-errortype']).toBe('ForbiddenException');
    }
  });

  it('without a value in the template keep theirs over a restart', async () => {
    const template = { Echo: echo, ...restApiTemplate({ 'GET /': 'Echo' }), ...keys };
    const { dataDir } = fixture.host.options;
    const again = await hostFixture(template, { dataDir: `${dataDir}-again` });
    const first = again.attribute('Key', 'Value');
    await again.stop();
    const restarted = await hostFixture(template, { dataDir: `${dataDir}-again` });
    expect(restarted.attribute('Key', 'Value')).toBe(first);
    expect(
      apiKeysOf(restarted.host)
        .all()
        .map(({ value }) => value),
    ).toContain(first);
    await restarted.stop();
  });
});
