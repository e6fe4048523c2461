// AWS::ApiGatewayV2::Stage: a deployment under a name, or always the newest routes.
import { webSocketApi } from '../gateway/websocket/apis.ts';
import { reasons } from './reasons.ts';
import type { Resource, ResourceModule } from './resource.ts';

const throttling = 'throttling protects a shared account, and metrics go to CloudWatch; here there is one user and one log';

export const module: ResourceModule = {
  type: 'AWS::ApiGatewayV2::Stage',
  honours: ['ApiId', 'AutoDeploy', 'DeploymentId', 'StageName', 'StageVariables'],
  ignores: {
    AccessLogSettings: 'connections are logged by this host: one line each with --verbose',
    DefaultRouteSettings: throttling,
    Description: reasons.label,
    RouteSettings: throttling,
    Tags: reasons.label,
  },
  refuses: ({ properties }) =>
    deploysItself(properties) || properties.DeploymentId
      ? []
      : ['it has neither a DeploymentId nor AutoDeploy, so it would serve nothing.'],
  async create({ properties }, host) {
    const { ApiId, DeploymentId, StageName: name, StageVariables: variables } = properties;
    const api = webSocketApi(host, ApiId);
    const routes = deploysItself(properties) ? api.routes : api.deployments.get(DeploymentId);
    if (!routes) throw new Error(`The stage ${name} names the deployment ${DeploymentId}, which ${api.name} does not have.`);
    api.stages.set(name, { name, variables, routes });
    return { ref: name };
  },
};

const deploysItself = ({ AutoDeploy }: Resource['properties']) => String(AutoDeploy ?? false) === 'true';
