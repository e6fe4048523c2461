// AWS::ApiGateway::Stage: a deployment under a name.
import { restApi } from '../gateway/rest/apis.ts';
import type { ResourceModule } from './resource.ts';

const watching = 'requests are logged by this host: one line each with --verbose';

export const module: ResourceModule = {
  type: 'AWS::ApiGateway::Stage',
  honours: ['RestApiId', 'DeploymentId', 'StageName', 'Variables'],
  ignores: {
    AccessLogSetting: watching,
    MethodSettings: 'throttling protects a shared account, and metrics and logs go to CloudWatch; here there is one user and one log',
    TracingEnabled: 'there is no X-Ray here; trace ids are made and passed on',
    Description: 'text for people',
    Tags: 'nothing here is billed or searched by tag',
    DocumentationVersion: 'documentation is published on AWS only',
    ClientCertificateId: 'backends are functions of this host',
  },
  async create({ properties }, host) {
    const { RestApiId, DeploymentId, StageName: name, Variables } = properties;
    const api = restApi(host, RestApiId);
    const deployment = api.deployments.get(DeploymentId);
    if (!deployment) throw new Error(`The stage ${name} names the deployment ${DeploymentId}, which ${api.name} does not have.`);
    api.stages.set(name, { name, deploymentId: DeploymentId, variables: Variables ?? null, ...deployment });
    return { ref: name };
  },
};
