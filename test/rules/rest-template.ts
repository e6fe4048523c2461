// Templates of REST APIs for the rule tests, as CDK writes them, from a table of routes.
import type { TemplateResource } from '../../local/assembly/template.ts';
import { nodeFunction } from './fixture.ts';

type Resources = Record<string, TemplateResource>;

export interface RouteOptions {
  /** Logical id of the function behind the route; or a whole `Integration`. */
  readonly to: string | object;
  /** More of `AWS::ApiGateway::Method`. */
  readonly method?: object;
  /** More of the Lambda integration. */
  readonly integration?: object;
}

/** Answers with the event that it got, as JSON. */
export const echo = nodeFunction('export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });');

/** Answers with what stands in the request's body, as the function's whole result. */
export const answerOfBody = nodeFunction('export const handler = async (event) => JSON.parse(event.body);');

/** One API `Api` with the stage `live`; routes like `GET /stock/{id}`. What is deployed with them is in `deployed`, by logical id. */
export function restApiTemplate(
  routes: Readonly<Record<string, RouteOptions | string>>,
  api: object = {},
  stage: object = {},
  deployed: readonly string[] = [],
): Resources {
  const resources: Resources = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'rules', ...api } } };
  const methods: string[] = [];
  for (const [route, given] of Object.entries(routes)) {
    const [verb = '', path = ''] = route.split(' ');
    const options = typeof given === 'string' ? { to: given } : given;
    const logicalId = `Method${methods.length}`;
    methods.push(logicalId);
    resources[logicalId] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: resourceFor(path, resources),
        HttpMethod: verb,
        AuthorizationType: 'NONE',
        Integration: typeof options.to === 'string' ? { ...lambdaIntegration(options.to), ...options.integration } : options.to,
        ...options.method,
      },
    };
  }
  resources.Deployment = {
    Type: 'AWS::ApiGateway::Deployment',
    Properties: { RestApiId: { Ref: 'Api' } },
    DependsOn: [...methods, ...deployed],
  };
  resources.Stage = {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'live', ...stage },
  };
  return resources;
}

/** Every character that a logical id may not have becomes its code, so that no two paths share one. */
const logicalIdOf = (path: string) => `Resource${path.replace(/[^A-Za-z0-9]/g, (character) => `x${character.charCodeAt(0)}`)}`;

function resourceFor(path: string, resources: Resources): object {
  if (path === '/') return { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  const slash = path.lastIndexOf('/');
  const logicalId = logicalIdOf(path);
  resources[logicalId] ??= {
    Type: 'AWS::ApiGateway::Resource',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ParentId: resourceFor(path.slice(0, slash) || '/', resources),
      PathPart: path.slice(slash + 1),
    },
  };
  return { Ref: logicalId };
}

const lambdaIntegration = (logicalId: string) => ({
  Type: 'AWS_PROXY',
  IntegrationHttpMethod: 'POST',
  Uri: { 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${logicalId}.Arn}/invocations` },
});
