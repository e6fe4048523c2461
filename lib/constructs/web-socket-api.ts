// A WebSocket API whose routes all go to one function.
import { Stack } from 'aws-cdk-lib';
import { WebSocketApi as Api, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '../config.ts';

export interface WebSocketApiProps {
  readonly stage: Stage;
  /** Gets `$connect`, `$disconnect` and every frame of a client. */
  readonly handler: IFunction;
}

/** Also the path at the edge: CloudFront forwards `/ws` as it is, and API Gateway takes the first segment for the stage. */
const STAGE = 'ws';

export class WebSocketApi extends Construct {
  readonly domain: string;
  private readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, { stage, handler }: WebSocketApiProps) {
    super(scope, id);
    const integration = () => new WebSocketLambdaIntegration('Socket', handler);
    const api = new Api(this, 'Api', {
      apiName: `stackyard-${stage}-live`,
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: { integration: integration() },
      disconnectRouteOptions: { integration: integration() },
      defaultRouteOptions: { integration: integration() },
    });
    this.stage = new WebSocketStage(this, 'Stage', { webSocketApi: api, stageName: STAGE, autoDeploy: true });
    const { region, urlSuffix } = Stack.of(this);
    this.domain = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  /** Lets a function post to connections. */
  grantPost(fn: LambdaFunction): void {
    this.stage.grantManagementApiAccess(fn);
    postTo(this.stage.callbackUrl, fn);
  }
}

/** Tells a function where connections are. The variable is the one that AWS's own clients of this API read. */
export const postTo = (callbackUrl: string, fn: LambdaFunction) =>
  fn.addEnvironment('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI', callbackUrl);
