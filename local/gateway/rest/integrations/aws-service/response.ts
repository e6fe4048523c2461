// What the client gets of a service's answer: the selected integration response, its headers, its template.
import { GatewayFailure } from '../../failure.ts';
import type { GatewayAnswer, GatewayRequest, IntegrationResponse, RequestContext } from '../../integration.ts';
import { reader } from '../../variables.ts';
import { responseInput } from '../../velocity/input.ts';
import type { ResponseOverride } from '../../velocity/scope.ts';
import { type CompiledTemplate, compileTemplate } from '../../velocity/template.ts';
import { textOf } from '../../velocity/values.ts';
import type { ServiceAnswer } from './action.ts';
import { JSON_TYPE, responseTemplate } from './content-type.ts';

const HEADER = 'method.response.header.';
/** Headers that the service itself sends. */
const SERVICE_HEADERS: Readonly<Record<string, (context: RequestContext) => string>> = {
  'integration.response.header.content-type': () => 'application/x-amz-json-1.0',
  'integration.response.header.x-amzn-requestid': ({ requestId }) => requestId,
};

interface Selectable {
  readonly selects: RegExp | undefined;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, read: HeaderReader])[];
  readonly templates: ReadonlyMap<string, CompiledTemplate>;
}

type HeaderReader = (request: GatewayRequest, context: RequestContext) => string | undefined;

export type Respond = (
  answer: ServiceAnswer,
  override: ResponseOverride,
  request: GatewayRequest,
  context: RequestContext,
) => GatewayAnswer;

/** One sentence for each header that cannot be mapped. */
export const refusedHeaders = (responses: readonly IntegrationResponse[]): string[] =>
  responses
    .flatMap(({ ResponseParameters }) => Object.entries(ResponseParameters ?? {}))
    .filter(([name, mapping]) => !name.startsWith(HEADER) || !headerReader(mapping))
    .map(
      ([name, mapping]) =>
        `the response parameter \`${name}: ${mapping}\`: only headers from a 'constant', \`context.…\`, \`method.request.…\` or ` +
        `${Object.keys(SERVICE_HEADERS).join(', ')}.`,
    );

export function responder(responses: readonly IntegrationResponse[]): Respond {
  const selectable = responses.map(prepared);
  return (answer, override, request, context) => {
    const response = selected(selectable, answer.status);
    if (!response)
      throw new GatewayFailure(
        'API_CONFIGURATION_ERROR',
        `no integration response for status ${answer.status}: ${JSON.stringify(answer.body)}`,
      );
    const chosen = responseTemplate(response.templates, request.rawHeaders);
    const scope = { known: { request, context }, input: responseInput(request, context, answer.body), override, variables: new Map() };
    const body = chosen ? chosen[1].render(scope) : JSON.stringify(answer.body);
    const headers = new Map([['content-type', ['Content-Type', chosen?.[0] ?? JSON_TYPE]]]);
    for (const [name, read] of response.headers) put(headers, name, read(request, context));
    for (const [name, value] of override.header) put(headers, name, textOf(value));
    return { status: overridden(override) ?? response.status, headers: [...headers.values()].flat(), body };
  };
}

const prepared = ({ StatusCode, SelectionPattern, ResponseParameters, ResponseTemplates }: IntegrationResponse): Selectable => ({
  selects: SelectionPattern ? new RegExp(`^(?:${SelectionPattern})$`) : undefined,
  status: Number(StatusCode),
  headers: Object.entries(ResponseParameters ?? {}).map(([name, mapping]) => [
    name.slice(HEADER.length),
    headerReader(mapping) ?? (() => undefined),
  ]),
  templates: new Map(Object.entries(ResponseTemplates ?? {}).map(([type, template]) => [type.toLowerCase(), compileTemplate(template)])),
});

/** By pattern against the service's status, else the default response, which has none. */
const selected = (responses: readonly Selectable[], status: number) =>
  responses.find(({ selects }) => selects?.test(String(status))) ?? responses.find(({ selects }) => !selects);

function headerReader(mapping: string): HeaderReader | undefined {
  const sent = SERVICE_HEADERS[mapping.toLowerCase()];
  if (sent) return (_, context) => sent(context);
  const read = reader(mapping);
  return read && ((request, context) => read({ request, context }));
}

/** One header of a name, the later one; text that cannot be sent is the template's mistake. */
function put(headers: Map<string, string[]>, name: string, value: string | undefined) {
  if (value === undefined) return;
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new GatewayFailure('API_CONFIGURATION_ERROR', `a mapping template sets the header ${JSON.stringify(name)}, which cannot be sent`);
  }
  headers.set(name.toLowerCase(), [name, value]);
}

/** Anything but the number of a final status is ignored. */
const overridden = ({ status }: ResponseOverride) =>
  typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
