// A WebSocket API whose routes all go to one function.
import { Stack } from 'aws-cdk-lib';
import { WebSocketApi as Api, type IWebSocketRouteAuthorizer, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { Config } from '../config.ts';
import { accept } from './accepted.ts';
import { webSocketLogs } from './api-logs.ts';

export interface WebSocketApiProps {
  readonly config: Config;
  /** Gets `$connect`, `$disconnect` and every frame of a client. */
  readonly handler: IFunction;
  /** Whom `$connect` lets in; without one, anybody. */
  readonly authorizer?: IWebSocketRouteAuthorizer | undefined;
  /** Must be there before API Gateway may write logs; without it, it writes none. */
  readonly mayLog?: IDependable | undefined;
}

/** Also the path at the edge: CloudFront forwards `/ws` as it is, and API Gateway takes the first segment for the stage. */
const STAGE = 'ws';

export class WebSocketApi extends Construct {
  readonly domain: string;
  /** Dimensions of `AWS/ApiGateway`. */
  readonly apiId: string;
  readonly stageName = STAGE;
  private readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, { config, handler, authorizer, mayLog }: WebSocketApiProps) {
    super(scope, id);
    const { stage, edge } = config;
    const integration = () => new WebSocketLambdaIntegration('Socket', handler);
    const api = new Api(this, 'Api', {
      apiName: `stackyard-${stage}-live`,
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: { integration: integration(), ...(authorizer ? { authorizer } : {}) },
      disconnectRouteOptions: { integration: integration() },
      defaultRouteOptions: { integration: integration() },
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName: STAGE,
      autoDeploy: true,
      ...(mayLog
        ? {
            throttle: { rateLimit: edge.throttle.stage.perSecond, burstLimit: edge.throttle.stage.burst },
            accessLogSettings: webSocketLogs(this, 'AccessLogs', config),
          }
        : {}),
    });
    if (mayLog) this.stage.node.addDependency(mayLog);
    accept(this, {
      id: 'AwsSolutions-APIG4',
      reason: 'edge.authorizer says who may connect; frames of a connection need no second permission',
    });
    this.apiId = api.apiId;
    const { region, urlSuffix } = Stack.of(this);
    this.domain = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  /** Lets a function post to connections, and end them. */
  grantPost(fn: LambdaFunction): void {
    const stack = Stack.of(this);
    for (const method of ['POST', 'DELETE']) {
      const resourceName = `${STAGE}/${method}/@connections/*`;
      const connections = stack.formatArn({ service: 'execute-api', resource: this.apiId, resourceName });
      fn.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources: [connections] }));
      accept(fn.role as IRole, {
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${stack.resolve(this.apiId).Ref}>/${resourceName}]`,
        reason: 'connections have no names before they come',
      });
    }
    postTo(this.stage.callbackUrl, fn);
  }
}

/** Tells a function where connections are. The variable is the one that AWS's own clients of this API read. */
export const postTo = (callbackUrl: string, fn: LambdaFunction) =>
  fn.addEnvironment('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI', callbackUrl);
