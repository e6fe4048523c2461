// Which templates of WebSocket APIs are hosted: what CDK writes, explicit deployments; the rest is refused by a sentence.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Code, Function as Fn, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Template } from '../../local/assembly/template.ts';
import { hostFixture, hostStacks, nodeFunction } from './fixture.ts';
import { connect } from './websocket-client.ts';
import { posts, webSocketTemplate } from './websocket-template.ts';

const echo = nodeFunction('export const handler = async ({ body }) => ({ statusCode: 200, body });');
const quiet = { log: () => undefined } as object;

function cdkTemplate(outdir: string): Template {
  const stack = new Stack(new App({ analyticsReporting: false, outdir }), 'Live');
  const code = Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: JSON.stringify(process.env.CALLBACK) });');
  const fn = new Fn(stack, 'Fn', { code, handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
  const integration = () => new WebSocketLambdaIntegration('Integration', fn);
  const webSocketApi = new WebSocketApi(stack, 'Api', {
    connectRouteOptions: { integration: integration() },
    disconnectRouteOptions: { integration: integration() },
    defaultRouteOptions: { integration: integration(), returnResponse: true },
  });
  webSocketApi.addRoute('more', { integration: integration() });
  const throttle = { rateLimit: 100, burstLimit: 200 };
  const stage = new WebSocketStage(stack, 'Stage', {
    webSocketApi,
    stageName: 'live',
    autoDeploy: true,
    throttle,
    detailedMetricsEnabled: true,
  });
  stage.grantManagementApiAccess(fn);
  fn.addEnvironment('CALLBACK', stage.callbackUrl);
  return (stack.node.root as App).synth().getStackByName('Live').template;
}

describe('hosted are', () => {
  it('what CDK makes of a WebSocketApi with a stage; variables that are no endpoint of the SDK stay as they are', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'stackyard-cdk-'));
    const host = await hostStacks({ Live: cdkTemplate(outdir) }, quiet);
    try {
      const client = await connect(host.url);
      client.socket.send('hello');
      expect(await client.next()).toMatch(/^https:\/\/\w+\.execute-api\.us-east-1\.amazonaws\.com\/live$/);
    } finally {
      await host.stop();
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  it('explicit deployments: their stage serves the routes of that moment', async () => {
    const { SocketStage, ...template } = webSocketTemplate({ early: { to: 'Echo', responds: true }, late: { to: 'Echo', responds: true } });
    const { Route1 = { Type: '' } } = template;
    const host = await hostFixture(
      {
        Echo: echo,
        ...template,
        Deployment: { Type: 'AWS::ApiGatewayV2::Deployment', Properties: { ApiId: { Ref: 'Socket' } }, DependsOn: ['Route0', 'Response0'] },
        Route1: { ...Route1, DependsOn: ['Deployment'] },
        SocketStage: {
          Type: 'AWS::ApiGatewayV2::Stage',
          Properties: {
            ApiId: { Ref: 'Socket' },
            StageName: 'live',
            DeploymentId: { Ref: 'Deployment' },
            StageVariables: { kind: 'rules' },
          },
        },
      },
      quiet,
    );
    try {
      const client = await connect(host.url);
      client.socket.send('{"action":"early"}');
      expect(await client.next()).toEqual({ action: 'early' });
      client.socket.send('{"action":"late"}');
      expect(await client.next()).toMatchObject({ message: 'Forbidden' });
    } finally {
      await host.stop();
    }
  });

  it('functions that post, which get the endpoint of this machine', async () => {
    const host = await hostFixture({
      Echo: echo,
      Poster: nodeFunction('export const handler = async () => process.env.AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI;', posts),
      ...webSocketTemplate({ $default: 'Echo' }),
    });
    expect(JSON.parse((await host.invoke('Poster', {})).payload)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/live$/);
    await host.stop();
  });
});

describe('refused are', () => {
  const integration = (properties: object) => webSocketTemplate({ $default: { to: 'Echo', integration: properties } });
  const route = (properties: object) => {
    const { Route0 = { Type: '' }, ...template } = webSocketTemplate({ $default: 'Echo' });
    return { ...template, Route0: { ...Route0, Properties: { ...Route0.Properties, ...properties } } };
  };
  it.each([
    ['HTTP APIs', webSocketTemplate({}, { ProtocolType: 'HTTP' }), 'only WEBSOCKET is hosted'],
    ['other selection expressions', webSocketTemplate({}, { RouteSelectionExpression: '$request.header.x' }), 'only `$request.body.name`'],
    ['imports', webSocketTemplate({}, { Body: {} }), 'property Body of AWS::ApiGatewayV2::Api is not supported'],
    ['other integrations', integration({ IntegrationType: 'MOCK' }), 'IntegrationType MOCK: only AWS_PROXY'],
    ['integrations without a function', integration({ IntegrationUri: 'https://example.com' }), 'names no Lambda function'],
    ['time-outs that AWS does not take', integration({ TimeoutInMillis: 30_000 }), 'not between 50 and 29000 ms'],
    ['templates', integration({ RequestTemplates: {} }), 'property RequestTemplates'],
    ['authorizers', route({ AuthorizationType: 'AWS_IAM' }), 'AuthorizationType AWS_IAM'],
    ['API keys', route({ ApiKeyRequired: true }), 'no API keys'],
    ['targets that are no integration', route({ Target: 'x' }), 'its Target x is no integration'],
    ['stages without routes', webSocketTemplate({}, {}, { AutoDeploy: false }), 'neither a DeploymentId nor AutoDeploy'],
  ])('%s', async (_, template, sentence) => {
    await expect(hostFixture({ Echo: echo, ...template }, quiet)).rejects.toThrow(sentence);
  });
});
