// Request validators: parameters that a method marks as required.
import type { GatewayRequest, RequestContext } from './integration.ts';
import { reader } from './variables.ts';

/** Names of the required parameters (`method.request.querystring.name`) that the request lacks. */
export const missingParameters = (required: readonly string[], request: GatewayRequest, context: RequestContext): string[] =>
  required.filter((parameter) => !reader(parameter)?.({ request, context })).map((parameter) => parameter.split('.').slice(3).join('.'));
