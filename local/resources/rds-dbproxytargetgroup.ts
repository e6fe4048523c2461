// AWS::RDS::DBProxyTargetGroup
import { withoutEffect } from './without-effect.ts';

const direct = 'a proxy is the address of the one MySQL server here';

export const module = withoutEffect('AWS::RDS::DBProxyTargetGroup', {
  ConnectionPoolConfigurationInfo: 'clients connect to the server itself; the pool is theirs',
  DBClusterIdentifiers: direct,
  DBInstanceIdentifiers: direct,
  DBProxyName: direct,
  TargetGroupName: direct,
});
