// What the client sees of a failure: AWS's default, changed by the API's gateway responses.
import type { GatewayResponse } from './definition.ts';
import type { GatewayFailure } from './failure.ts';
import { headerOf } from './headers.ts';
import type { GatewayAnswer } from './integration.ts';
import { type Known, reader, substitute, variablesOf } from './variables.ts';

const HEADER = 'gatewayresponse.header.';
const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

/** A type without a response of its own takes that of its class: DEFAULT_4XX or DEFAULT_5XX. */
export function gatewayAnswer(failure: GatewayFailure, known: Known): GatewayAnswer {
  const { gatewayResponses } = known.context.stage;
  // AWS does not let anybody change REQUEST_TOO_LARGE (R13).
  const own = failure.type === 'REQUEST_TOO_LARGE' ? undefined : gatewayResponses.get(failure.type);
  const byClass =
    failure.type === 'REQUEST_TOO_LARGE' ? undefined : gatewayResponses.get(failure.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const response = own ?? byClass;
  const headers = ['x-amzn-ErrorType', failure.errorType];
  for (const [parameter, mapping] of Object.entries(response?.parameters ?? {})) {
    const value = reader(mapping)?.({ ...known, failure });
    if (value !== undefined) headers.push(parameter.slice(HEADER.length), value);
  }
  const [type, template] = chosenTemplate(response, headerOf(known.request.rawHeaders, 'accept'));
  if (headerOf(headers, 'content-type') === undefined) headers.push('Content-Type', type);
  return {
    status: own?.statusCode ?? byClass?.statusCode ?? failure.status,
    headers,
    body: substitute(template, { ...known, failure }),
  };
}

/** One sentence for each mapping that cannot be read. */
export function refusedMappings({ parameters, templates }: Pick<GatewayResponse, 'parameters' | 'templates'>): string[] {
  const wrongPlace = Object.keys(parameters).filter((parameter) => !parameter.startsWith(HEADER));
  const unread = [...Object.values(parameters), ...Object.values(templates).flatMap(variablesOf)].filter((mapping) => !reader(mapping));
  return [
    ...wrongPlace.map((parameter) => `the response parameter \`${parameter}\`: only \`${HEADER}<name>\` can be set here.`),
    ...unread.map(
      (mapping) => `the mapping \`${mapping}\`: use a 'constant', \`context.…\` or \`method.request.{header,querystring,path}.<name>\`.`,
    ),
  ];
}

/** The template of the first accepted type that has one, else JSON's, else the first. */
function chosenTemplate(response: GatewayResponse | undefined, accept: string | undefined): [type: string, template: string] {
  const templates: Readonly<Record<string, string>> =
    response && Object.keys(response.templates).length > 0 ? response.templates : DEFAULT_TEMPLATES;
  const accepted = (accept ?? '').split(',').map((type) => type.split(';', 1)[0]?.trim() ?? '');
  const type =
    accepted.find((name) => name in templates) ?? ('application/json' in templates ? 'application/json' : Object.keys(templates)[0]);
  return [type ?? 'application/json', templates[type ?? ''] ?? ''];
}
