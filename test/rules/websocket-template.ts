// Templates of WebSocket APIs for the rule tests, as CDK writes them, from a table of routes.
import type { TemplateResource } from '../../local/assembly/template.ts';

type Resources = Record<string, TemplateResource>;

export interface RouteOptions {
  /** Logical id of the function behind the route. */
  readonly to: string;
  /** What the function answers goes to the client. */
  readonly responds?: boolean;
  /** More of the integration. */
  readonly integration?: object;
}

/** One API `Socket` with the stage `live`, which deploys itself; by route key. */
export function webSocketTemplate(
  routes: Readonly<Record<string, RouteOptions | string>>,
  api: object = {},
  stage: object = {},
): Resources {
  const resources: Resources = {
    Socket: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'rules', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', ...api },
    },
    SocketStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Socket' }, StageName: 'live', AutoDeploy: true, ...stage },
    },
  };
  for (const [index, [key, given]] of Object.entries(routes).entries()) {
    const { to, responds = false, integration = {} } = typeof given === 'string' ? { to: given } : given;
    resources[`Integration${index}`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Socket' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${to}.Arn}/invocations` },
        ...integration,
      },
    };
    resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Socket' },
        RouteKey: key,
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `Integration${index}` }]] },
      },
    };
    if (responds) {
      resources[`Response${index}`] = {
        Type: 'AWS::ApiGatewayV2::RouteResponse',
        Properties: { ApiId: { Ref: 'Socket' }, RouteId: { Ref: `Route${index}` }, RouteResponseKey: '$default' },
      };
    }
  }
  return resources;
}

/** Variables of a function that posts to connections. */
export const posts = {
  Environment: {
    Variables: {
      AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: {
        'Fn::Join': ['', ['https://', { Ref: 'Socket' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com/live']],
      },
    },
  },
};
