// One REST API for all systems, with errors in our own shapes.
import { CfnOutput } from 'aws-cdk-lib';
import {
  AuthorizationType,
  EndpointType,
  type MethodDeploymentOptions,
  MockIntegration,
  PassthroughBehavior,
  ResponseType,
  RestApi,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { Construct, IDependable } from 'constructs';
import { systems } from '../../functions/routes.ts';
import type { Config, Edge, Rate } from '../config.ts';
import { accept } from './accepted.ts';
import { keepExecutionLogs, restLogs } from './api-logs.ts';
import { type Authorization, answerTokens } from './authorizer.ts';

export interface ApiProps {
  readonly config: Config;
  /** What every method asks of its callers, except those of open routes. */
  readonly authorization: Authorization;
}

/** Answers are decoded from base64 when the request's first `Accept` type is one of these (R11). */
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'];

/** A million rows take a function up to 28 s: at this rate a service has about 28 environments at work, of an account's 1,000. */
const HEAVY: Rate = { perSecond: 1, burst: 2 };

export class Api extends RestApi {
  readonly edge: Edge;
  /** Of the WebSocket API, which asks the same of its callers. */
  readonly connectAuthorizer: Authorization['connect'];

  constructor(scope: Construct, id: string, { config, authorization }: ApiProps) {
    const { stage, edge, data } = config;
    const onAws = data.kind === 'managed';
    super(scope, id, {
      restApiName: `stackyard-${stage}`,
      description: 'All systems of Stackyard',
      endpointTypes: [EndpointType.REGIONAL],
      binaryMediaTypes: PICTURE_TYPES,
      defaultMethodOptions: authorization.rest,
      deployOptions: {
        stageName: stage,
        ...(onAws ? stageOptions(edge, restLogs(scope, `${id}AccessLogs`, config)) : {}),
      },
      // Of the account and its region: the role stays when a stage goes, as another stage may rely on it.
      cloudWatchRole: onAws,
    });
    this.edge = edge;
    this.connectAuthorizer = authorization.connect;
    if (onAws) keepExecutionLogs(this, config);
    this.answerInOurShapes();
    if (edge.authorizer.kind === 'jwt') answerTokens(this);
    this.leadToDocumentation();
    const key = this.addApiKey('AdminKey', { apiKeyName: `stackyard-${stage}-admin` });
    const plan = this.addUsagePlan('Plan', {
      name: `stackyard-${stage}`,
      apiStages: [{ api: this, stage: this.deploymentStage }],
      ...(onAws ? { throttle: { rateLimit: edge.throttle.key.perSecond, burstLimit: edge.throttle.key.burst } } : {}),
    });
    plan.addApiKey(key);
    new CfnOutput(this, 'AdminKeyId', { value: key.keyId, description: 'aws apigateway get-api-key --include-value --api-key …' });
    this.explain();
  }

  /** Without it API Gateway may not write logs, of WebSocket APIs either. */
  get mayLog(): IDependable | undefined {
    return this.cloudWatchAccount;
  }

  /** API Gateway cannot tell an unknown path from an unknown method: both are 404. */
  private answerInOurShapes(): void {
    const shape = (type: ResponseType, message: string, statusCode?: string) =>
      this.addGatewayResponse(`On${type.responseType}`, {
        type,
        ...(statusCode ? { statusCode } : {}),
        responseHeaders: { 'x-request-id': 'context.requestId' },
        templates: { 'application/json': `{"message":${message}}` },
      });
    shape(ResponseType.MISSING_AUTHENTICATION_TOKEN, '"not found"', '404');
    shape(ResponseType.DEFAULT_4XX, '$context.error.messageString');
    shape(ResponseType.DEFAULT_5XX, '"error while processing request"');
  }

  /** `GET /api` is no picture: it leads to the documentation of all systems. */
  private leadToDocumentation(): void {
    const integration = new MockIntegration({
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{"statusCode": 302}' },
      integrationResponses: [
        {
          statusCode: '302',
          responseParameters: {
            'method.response.header.Location': "'/api/swagger'",
            'method.response.header.x-request-id': 'context.requestId',
          },
        },
      ],
    });
    this.root.resourceForPath('/api').addMethod('GET', integration, {
      authorizationType: AuthorizationType.NONE,
      methodResponses: [
        { statusCode: '302', responseParameters: { 'method.response.header.Location': true, 'method.response.header.x-request-id': true } },
      ],
    });
  }

  private explain(): void {
    accept(
      this,
      {
        id: 'AwsSolutions-APIG2',
        reason: 'functions check each request by the schema of its route, and refuse it in the words of its contract',
      },
      {
        id: 'AwsSolutions-APIG4',
        reason:
          'who may call is decided by edge.authorizer; without one the APIs are for everybody, as their contracts say, and operations want the key',
      },
      {
        id: 'AwsSolutions-COG4',
        reason: 'edge.authorizer takes tokens of any OpenID Connect issuer, a Cognito user pool among them, or IAM',
      },
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
        reason: 'the policy that AWS keeps for this very role, which writes logs of every API of the account',
      },
      {
        id: 'Serverless-APIGWStructuredLogging',
        reason: 'each line is JSON once API Gateway has put in its numbers; the format, which is looked at, has variables in their place',
      },
      { id: 'Serverless-APIGWXrayEnabled', reason: 'traces go by OpenTelemetry to the collector that the stage names' },
    );
  }
}

const throttled = ({ perSecond, burst }: Rate): MethodDeploymentOptions => ({
  throttlingRateLimit: perSecond,
  throttlingBurstLimit: burst,
});

/** Whether settings of a method inherit what the stage's say of something else is not documented: each says everything. */
function stageOptions({ throttle }: Edge, logs: StageOptions): StageOptions {
  const { loggingLevel } = logs;
  const heavy = { ...throttled(HEAVY), ...(loggingLevel ? { loggingLevel } : {}) };
  const routes = Object.values(systems).flatMap((table) => Object.values(table));
  return {
    ...logs,
    ...throttled(throttle.stage),
    methodOptions: Object.fromEntries(routes.filter((route) => route.heavy).map(({ path, method }) => [`${path}/${method}`, heavy])),
  };
}
