// MOCK: the answer stands in the template; used for CORS preflights (R14) and redirects.
import { GatewayFailure } from '../failure.ts';
import { headerOf } from '../headers.ts';
import type { IntegrationDefinition, IntegrationResponse, IntegrationType } from '../integration.ts';
import { reader, substitute } from '../variables.ts';

const HEADER = 'method.response.header.';

export const mock: IntegrationType = {
  refuses(definition) {
    const responses = definition.IntegrationResponses ?? [];
    const templates = [
      ...Object.values(definition.RequestTemplates ?? {}),
      ...responses.flatMap(({ ResponseTemplates }) => Object.values(ResponseTemplates ?? {})),
    ];
    const parameters = responses.flatMap(({ ResponseParameters }) => Object.entries(ResponseParameters ?? {}));
    return [
      ...templates
        .filter(usesVelocity)
        .map((template) => `the Velocity template \`${template}\`: a MOCK integration here takes constants and \`$context.…\` only.`),
      ...Object.values(definition.RequestTemplates ?? {})
        .filter((template) => statusIn(template) === undefined)
        .map((template) => `the request template \`${template}\`: it must give a \`{"statusCode": 200}\`.`),
      ...parameters
        .filter(([name, mapping]) => !name.startsWith(HEADER) || !reader(mapping))
        .map(
          ([name, mapping]) =>
            `the response parameter \`${name}: ${mapping}\`: only headers from a 'constant', \`context.…\` or \`method.request.…\`.`,
        ),
    ];
  },

  create(definition) {
    const { RequestTemplates = {}, IntegrationResponses = [] } = definition;
    const answers = new Map(
      Object.entries(RequestTemplates).map(([type, template]) => [type, responseFor(IntegrationResponses, statusIn(template) ?? 0)]),
    );
    return async (request, context) => {
      const type = headerOf(request.rawHeaders, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? 'application/json';
      const response = answers.get(type) ?? passedThrough(answers, definition, type);
      if (!response) throw new GatewayFailure('API_CONFIGURATION_ERROR', 'no integration response has the status of the request template');
      const headers: string[] = [];
      for (const [name, mapping] of Object.entries(response.ResponseParameters ?? {})) {
        const value = reader(mapping)?.({ request, context });
        if (value !== undefined) headers.push(name.slice(HEADER.length), value);
      }
      const template = response.ResponseTemplates?.['application/json'];
      if (headerOf(headers, 'content-type') === undefined) headers.push('Content-Type', 'application/json');
      return { status: Number(response.StatusCode), headers, body: template ? substitute(template, { request, context }) : '' };
    };
  },
};

/**
 * A content type without a template: `WHEN_NO_MATCH` and `NEVER` differ only where there are other templates. A MOCK has nothing to pass
 * a body through to, so a preflight or GET of any type gets the JSON template's answer; only `NEVER` refuses (415).
 */
function passedThrough(
  answers: ReadonlyMap<string, IntegrationResponse | undefined>,
  { PassthroughBehavior }: IntegrationDefinition,
  type: string,
) {
  if (PassthroughBehavior === 'NEVER') throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE', `no request template for ${type}`);
  return answers.get('application/json') ?? [...answers.values()][0];
}

/** CDK writes `{ statusCode: 204 }`, which is no JSON; AWS takes it. */
const statusIn = (template: string) => {
  const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(template)?.[1];
  return status === undefined ? undefined : Number(status);
};

/** By selection pattern against the status (`2\d{2}`), else the default response, which has none. */
const responseFor = (responses: readonly IntegrationResponse[], status: number) =>
  responses.find(({ SelectionPattern }) => SelectionPattern && new RegExp(`^(?:${SelectionPattern})$`).test(String(status))) ??
  responses.find(({ SelectionPattern }) => !SelectionPattern);

const usesVelocity = (template: string) => /#(?:set|if|foreach|else|end)\b|\$(?:input|util)\b/.test(template);
