// What stands behind a route: AWS_PROXY calls a function with the event and reads its answer as REST APIs do.
import type { FunctionRegistry } from '../../lambda/registry.ts';
import { TooManyRequests } from '../../lambda/registry.ts';
import { GatewayFailure } from '../rest/failure.ts';
import type { GatewayAnswer } from '../rest/integration.ts';
import { proxyAnswer } from '../rest/proxy-response.ts';
import { within } from '../rest/timeout.ts';

/** `event` is JSON text. Rejects with `GatewayFailure` where there is no usable answer. */
export type Integration = (event: string) => Promise<GatewayAnswer>;

export function lambdaIntegration(arn: string, timeoutMs: number, functions: FunctionRegistry): Integration {
  functions.answersClients(arn);
  return async (event) => {
    // Looked up for each event: a rebuilt function takes the place of the old one.
    const fn = functions.find(arn);
    if (!fn) throw new GatewayFailure('API_CONFIGURATION_ERROR', `there is no function ${arn}`);
    const name = `function ${fn.definition.name}`;
    const result = await within(timeoutMs, name, fn.invoke(event)).catch((error: unknown) => {
      throw error instanceof TooManyRequests ? new GatewayFailure('INTEGRATION_FAILURE', `${name} is throttled`, { status: 500 }) : error;
    });
    const failed = (reason: string) => new GatewayFailure('DEFAULT_5XX', `${name}, request ${result.requestId}: ${reason}`);
    if (result.functionError) throw failed(result.payload);
    return proxyAnswer(result.payload, false, failed);
  };
}
