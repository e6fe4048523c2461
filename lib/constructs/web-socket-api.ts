// A WebSocket API whose routes all go to one function, or the address of a gateway that does the same.
import { Stack } from 'aws-cdk-lib';
import { WebSocketApi as Api, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { ServiceFunction } from './service-function.ts';

export interface WebSocketApiProps {
  readonly config: Config;
  /** Gets `$connect`, `$disconnect` and every frame of a client. */
  readonly handler: ServiceFunction;
}

/** Also the path at the edge: CloudFront forwards `/ws` as it is, and API Gateway takes the first segment for the stage. */
const STAGE = 'ws';

export class WebSocketApi extends Construct {
  /** Domain name of the API; undefined where another gateway stands in for it. */
  readonly domain: string | undefined;
  private readonly stage: WebSocketStage | undefined;
  private readonly callbackUrl: string;

  constructor(scope: Construct, id: string, { config, handler }: WebSocketApiProps) {
    super(scope, id);
    if (config.webSocket.kind === 'external') {
      this.callbackUrl = config.webSocket.callbackUrl;
      return;
    }
    const integration = () => new WebSocketLambdaIntegration('Socket', handler);
    const api = new Api(this, 'Api', {
      apiName: `stackyard-${config.stage}-live`,
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: { integration: integration() },
      disconnectRouteOptions: { integration: integration() },
      defaultRouteOptions: { integration: integration() },
    });
    this.stage = new WebSocketStage(this, 'Stage', { webSocketApi: api, stageName: STAGE, autoDeploy: true });
    const { region, urlSuffix } = Stack.of(this);
    this.domain = `${api.apiId}.execute-api.${region}.${urlSuffix}`;
    this.callbackUrl = this.stage.callbackUrl;
  }

  /** Lets a function post to connections. The variable is the one that AWS's own clients of this API read. */
  grantPost(fn: ServiceFunction): void {
    this.stage?.grantManagementApiAccess(fn);
    fn.addEnvironment('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI', this.callbackUrl);
  }
}
