import { AuthorizationType, LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RouteTable } from '../../functions/shared/http/route.ts';
import { asServed } from '../edge/as-served.ts';
import type { Api } from './api.ts';

/** Serves every route of a table by one function. One permission a function: a permission a route would pass the policy's size limit. */
export function addRoutes(api: Api, table: RouteTable, fn: IFunction): void {
  const integration = new LambdaIntegration(fn, { scopePermissionToMethod: false });
  for (const route of Object.values(table)) {
    const { path, method, key = false, open = false } = asServed(route, api.edge);
    api.root.resourceForPath(path).addMethod(method, integration, {
      apiKeyRequired: key,
      ...(open ? { authorizationType: AuthorizationType.NONE } : {}),
    });
  }
}
