// AWS::RDS::DBProxy: the address of the same MySQL server. As on AWS the endpoint has no port: clients take it from their secret.
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

const direct = 'clients log in to the server itself, with the user of their secret';

export const module: ResourceModule = {
  type: 'AWS::RDS::DBProxy',
  honours: ['DBProxyName', 'EngineFamily', 'RequireTLS'],
  ignores: {
    Auth: direct,
    DebugLogging: reasons.watching,
    DefaultAuthScheme: direct,
    EndpointNetworkType: reasons.network,
    IdleClientTimeout: direct,
    RoleArn: reasons.access,
    Tags: reasons.label,
    TargetConnectionNetworkType: reasons.network,
    VpcSecurityGroupIds: reasons.network,
    VpcSubnetIds: reasons.network,
  },
  refuses: ({ properties: { EngineFamily, RequireTLS = false } }) => [
    ...(EngineFamily === 'MYSQL' ? [] : [`EngineFamily ${EngineFamily}: only MYSQL can be hosted here`]),
    ...(String(RequireTLS) === 'true'
      ? ['RequireTLS: MySQL speaks plaintext on loopback, a client with TLS would not connect. Switch TLS off in this stage']
      : []),
  ],
  async create(resource, { backends, options }) {
    const name = String(resource.properties.DBProxyName ?? physicalName(resource, 63));
    const { host } = await backends.mysql();
    return { ref: name, attributes: { DBProxyArn: `arn:aws:rds:${options.region}:${options.account}:db-proxy:${name}`, Endpoint: host } };
  },
};
