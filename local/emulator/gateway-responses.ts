// LocalStack keeps an API's gateway responses and applies nothing of them but the status: what it says by itself is said here as they want it.
import { type APIGatewayClient, GetGatewayResponsesCommand } from '@aws-sdk/client-api-gateway';
import type { GatewayResponse } from '../gateway/rest/definition.ts';
import { GatewayFailure, type GatewayResponseType } from '../gateway/rest/failure.ts';
import { gatewayAnswer } from '../gateway/rest/gateway-responses.ts';
import type { GatewayAnswer } from '../gateway/rest/integration.ts';
import type { Known } from '../gateway/rest/variables.ts';

export type GatewayResponses = ReadonlyMap<string, GatewayResponse>;

/** By `x-amzn-ErrorType`; other errors are of their class. */
const TYPES: Readonly<Record<string, GatewayResponseType>> = {
  MissingAuthenticationTokenException: 'MISSING_AUTHENTICATION_TOKEN',
  ForbiddenException: 'INVALID_API_KEY',
  RequestTooLargeException: 'REQUEST_TOO_LARGE',
};

/** Those that the API has of its own. */
export async function gatewayResponsesOf(client: APIGatewayClient, restApiId: string): Promise<GatewayResponses> {
  const { items = [] } = await client.send(new GetGatewayResponsesCommand({ restApiId, limit: 500 }));
  return new Map(
    items
      .filter(({ defaultResponse }) => !defaultResponse)
      .map(({ responseType = '', statusCode, responseParameters = {}, responseTemplates = {} }) => [
        responseType,
        { statusCode: statusCode ? Number(statusCode) : undefined, parameters: responseParameters, templates: responseTemplates },
      ]),
  );
}

export interface EmulatorError {
  readonly status: number;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
  readonly requestId: string;
  /** As the emulator wrote it: `{"message": …}`. */
  readonly body: string;
}

/** `asked` is the request of the client. */
export function inOwnWords(
  { status, errorType, requestId, body }: EmulatorError,
  asked: Known['request'],
  responses: GatewayResponses,
): GatewayAnswer {
  const type = TYPES[errorType] ?? (status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const failure = new GatewayFailure(type, 'told by the emulator', { status, ...messageOf(body) });
  // The rest of what a gateway knows of a request is the emulator's alone.
  const context = { requestId, stage: { gatewayResponses: responses } } as unknown as Known['context'];
  return gatewayAnswer(failure, { request: asked, context });
}

function messageOf(body: string): { message?: string } {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? { message } : {};
  } catch {
    return {};
  }
}
