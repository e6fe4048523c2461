// AWS_PROXY: the function gets the request as an event and gives the whole answer (R1–R5, R9–R12).
import { TooManyRequests } from '../../../lambda/registry.ts';
import { proxyEvent } from '../event.ts';
import { GatewayFailure } from '../failure.ts';
import { headerOf } from '../headers.ts';
import type { IntegrationType } from '../integration.ts';
import { isBinary } from '../media-types.ts';
import { proxyAnswer } from '../proxy-response.ts';
import { LEAST_TIMEOUT_MS, timeoutOf, within } from '../timeout.ts';

/** Bytes of a synchronous event, AWS's margin included (R13, L5). */
const EVENT_LIMIT = 6_291_556;

export const lambdaProxy: IntegrationType = {
  refuses(definition) {
    const { Uri } = definition;
    const timeout = timeoutOf(definition);
    return [
      ...(functionArn(Uri)
        ? []
        : [`its Uri \`${Uri}\` names no Lambda function; give \`…:lambda:path/2015-03-31/functions/<arn>/invocations\`.`]),
      ...(timeout >= LEAST_TIMEOUT_MS ? [] : [`its timeout of ${timeout} ms is under the least of ${LEAST_TIMEOUT_MS} ms.`]),
    ];
  },

  create(definition, { functions }) {
    const arn = functionArn(definition.Uri) ?? '';
    const timeoutMs = timeoutOf(definition);
    functions.answersClients(arn);
    return async (request, context) => {
      // Looked up for each request: a rebuilt function takes the place of the old one.
      const fn = functions.find(arn);
      if (!fn) throw new GatewayFailure('API_CONFIGURATION_ERROR', `there is no function ${arn}`);
      const event = proxyEvent(request, context);
      if (isLongerThan(event, EVENT_LIMIT)) throw new GatewayFailure('REQUEST_TOO_LARGE', `the event is over ${EVENT_LIMIT} bytes`);
      const result = await within(timeoutMs, `function ${fn.definition.name}`, fn.invoke(event)).catch((error: unknown) => {
        throw error instanceof TooManyRequests ? throttled(fn.definition.name) : error;
      });
      if (result.functionError) throw malformed(`function ${fn.definition.name}, request ${result.requestId}: ${result.payload}`);
      const decodes = isBinary(headerOf(request.rawHeaders, 'accept'), context.api.binaryMediaTypes);
      return proxyAnswer(result.payload, decodes, (reason) =>
        malformed(`function ${fn.definition.name}, request ${result.requestId}: ${reason}`),
      );
    };
  },
};

/** The function's failure and an answer of the wrong shape look the same to the client: 502 (R9, R12). */
const malformed = (detail: string) => new GatewayFailure('DEFAULT_5XX', detail);

/** A throttled Lambda is no 429 for the client: AWS answers 500, by the type INTEGRATION_FAILURE. */
const throttled = (name: string) =>
  new GatewayFailure('INTEGRATION_FAILURE', `function ${name} is throttled (Rate Exceeded.)`, { status: 500 });

export const functionArn = (uri: string | undefined) => /\/functions\/(arn:[^/]+)\/invocations$/.exec(uri ?? '')?.[1];

/** A UTF-16 unit is at most three bytes of UTF-8, so that most events need no count. */
const isLongerThan = (text: string, bytes: number) => text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
