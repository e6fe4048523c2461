import { LambdaIntegration, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RouteTable } from '../../functions/shared/http/route.ts';

/** Serves every route of a table by one function. One permission a function: a permission a route would pass the policy's size limit. */
export function addRoutes(api: RestApi, table: RouteTable, fn: IFunction): void {
  const integration = new LambdaIntegration(fn, { scopePermissionToMethod: false });
  for (const route of Object.values(table)) {
    api.root.resourceForPath(route.path).addMethod(route.method, integration, { apiKeyRequired: route.key ?? false });
  }
}
