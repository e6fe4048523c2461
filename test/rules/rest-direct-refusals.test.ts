// What a method that calls a service itself may not ask for: refused at start, by name.
import { expect, it } from 'vitest';
import { hostFixture } from './fixture.ts';
import { integration, startTemplate } from './rest-direct-fixture.ts';
import { restApiTemplate } from './rest-template.ts';

const plain = startTemplate({});
const response = (more: object) => ({ IntegrationResponses: [{ StatusCode: '200', ...more }] });

it.each([
  [
    'another action',
    integration(plain, { Uri: 'arn:aws:apigateway:eu-central-1:states:action/StartExecution' }),
    'states:action/StartSyncExecution',
  ],
  ['another service', integration(plain, { Uri: 'arn:aws:apigateway:eu-central-1:sqs:path/1/queue' }), 'sqs:path/1/queue'],
  [
    'a function without its proxy',
    integration(plain, { Uri: 'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/x/invocations' }),
    'lambda:path',
  ],
  ['another method', integration(plain, { IntegrationHttpMethod: 'GET' }), 'IntegrationHttpMethod GET'],
  ['an unknown passthrough', integration(plain, { PassthroughBehavior: 'ALWAYS' }), 'PassthroughBehavior'],
  ['request parameters', integration(plain, { RequestParameters: { 'integration.request.header.X': "'a'" } }), 'RequestParameters'],
  ['a property that is not honoured', integration(plain, { ContentHandling: 'CONVERT_TO_TEXT' }), 'ContentHandling'],
  ['a time-out that is too short', integration(plain, { TimeoutInMillis: 49 }), '49 ms'],
  [
    'a function in a request template',
    integration('$util.toJson($input.body)'),
    'the request template application/json uses the reference `$util.toJson',
  ],
  [
    'a name in a response template',
    integration(plain, response({ ResponseTemplates: { 'text/plain': '$foo' } })),
    'the response template 200 text/plain uses the reference `$foo`',
  ],
  [
    'a part of the answer of the service as header',
    integration(plain, response({ ResponseParameters: { 'method.response.header.X': 'integration.response.body.status' } })),
    'integration.response.body.status',
  ],
])('%s is refused', async (_, to, named) => {
  await expect(hostFixture(restApiTemplate({ 'POST /': { to } }))).rejects.toThrow(named);
});
