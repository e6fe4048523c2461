// One REST API: every route of the route tables, errors in our shapes, one permission a function.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import type { Route } from '../../functions/shared/http/route.ts';
import { methodsOf } from './methods.ts';
import { stackOf } from './stage.ts';

let template: Template;

beforeAll(() => {
  template = stackOf('prod', 'systems');
});

const routes: Route[] = Object.values(systems).flatMap((table) => Object.values(table));

test('every route of every table is a method, and no method is without a route', () => {
  const expected = routes.map(({ method, path }) => `${method} ${path}`);
  expect([...methodsOf(template).keys()].sort()).toEqual([...expected, 'GET /api'].sort());
});

test('the key opens the stage by a usage plan', () => {
  template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyType: 'API_KEY' });
  template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
    ApiStages: [{ ApiId: Match.anyValue(), Stage: { Ref: Match.stringLikeRegexp('DeploymentStageprod') } }],
  });
});

test('a function has one permission for all its routes, because one a route would pass the policy size limit', () => {
  const permissions = Object.values(template.findResources('AWS::Lambda::Permission'))
    .map(({ Properties }) => Properties)
    .filter(({ Principal, SourceArn }) => Principal === 'apigateway.amazonaws.com' && !JSON.stringify(SourceArn).includes('$'));
  const functions = permissions.map(({ FunctionName }) => JSON.stringify(FunctionName));
  expect(new Set(functions).size).toBe(functions.length);
  expect(functions).toHaveLength(Object.keys(systems).length);
  for (const { SourceArn } of permissions) expect(JSON.stringify(SourceArn)).toContain('/*/*/*');
});

test('GET /api leads to the documentation without a function', () => {
  const { Integration } = methodsOf(template).get('GET /api') ?? {};
  expect(Integration?.Type).toBe('MOCK');
  expect(Integration?.IntegrationResponses[0].ResponseParameters['method.response.header.Location']).toBe("'/api/swagger'");
});

test('what the gateway itself answers has our shapes and a request id', () => {
  const headers = { 'gatewayresponse.header.x-request-id': 'context.requestId' };
  const shape = (ResponseType: string, message: string, more: object = {}) =>
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType,
      ResponseParameters: headers,
      ResponseTemplates: { 'application/json': `{"message":${message}}` },
      ...more,
    });
  shape('MISSING_AUTHENTICATION_TOKEN', '"not found"', { StatusCode: '404' });
  shape('DEFAULT_4XX', '$context.error.messageString', { StatusCode: Match.absent() });
  shape('DEFAULT_5XX', '"error while processing request"', { StatusCode: Match.absent() });
});

test('pictures are binary', () => {
  template.hasResourceProperties('AWS::ApiGateway::RestApi', {
    BinaryMediaTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/avif'],
    EndpointConfiguration: { Types: ['REGIONAL'] },
  });
});
