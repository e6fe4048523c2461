// The REST API answers by its own address too, where the firewall before CloudFront sees nothing.
import { Stack } from 'aws-cdk-lib';
import type { IStage, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Firewall } from './firewall.ts';
import { OriginKey } from './origin-key.ts';

/**
 * Closes it to all but CloudFront. Callers with signatures of IAM come by this address, whose name they sign: for them the firewall stands here.
 * @returns what CloudFront has to send to be let in
 */
export function guardOwnAddress(scope: Construct, api: RestApi, config: Config): ISecret | undefined {
  const { edge, stage } = config;
  if (!edge.firewall) return undefined;
  const protect = (webAclArn: string) => new CfnWebACLAssociation(scope, 'WayIn', { webAclArn, resourceArn: arnOf(api.deploymentStage) });
  if (edge.authorizer.kind === 'iam') {
    protect(new Firewall(scope, 'Firewall', { config, scope: 'REGIONAL' }).arn);
    return undefined;
  }
  const key = new OriginKey(scope, 'Origin', { name: `stackyard-${stage}-origin`, generation: edge.originKey });
  protect(key.webAclArn);
  return key.current;
}

/** As AWS WAF takes it: without an account. */
const arnOf = ({ restApi, stageName }: IStage): string =>
  Stack.of(restApi).formatArn({
    service: 'apigateway',
    account: '',
    resource: `/restapis/${restApi.restApiId}/stages`,
    resourceName: stageName,
  });
