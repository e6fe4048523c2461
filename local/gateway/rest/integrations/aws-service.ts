// AWS: the gateway calls a service itself; Velocity templates make its request and the client's answer (R12).
import { GatewayFailure } from '../failure.ts';
import type { IntegrationDefinition, IntegrationType } from '../integration.ts';
import { LEAST_TIMEOUT_MS, timeoutOf, within } from '../timeout.ts';
import { requestInput } from '../velocity/input.ts';
import type { ResponseOverride } from '../velocity/scope.ts';
import { compileTemplate } from '../velocity/template.ts';
import { actionOf, supportedActions } from './aws-service/actions.ts';
import { type Passthrough, requestTemplate } from './aws-service/content-type.ts';
import { refusedHeaders, responder } from './aws-service/response.ts';

const PASSTHROUGH: readonly unknown[] = ['NEVER', 'WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES'] satisfies Passthrough[];
/** `Credentials` has no effect: there is no access to be given on one machine. */
const HONOURED = new Set(
  'Type Uri IntegrationHttpMethod Credentials PassthroughBehavior RequestTemplates IntegrationResponses TimeoutInMillis'.split(' '),
);

export const awsService: IntegrationType = {
  refuses(definition) {
    const { Uri, IntegrationHttpMethod, IntegrationResponses = [] } = definition;
    const timeout = timeoutOf(definition);
    const unknown = Object.keys(definition).filter((property) => !HONOURED.has(property));
    return [
      ...(actionOf(Uri) ? [] : [`its Uri \`${Uri}\`: hosted are \`arn:aws:apigateway:{region}:\` with ${supportedActions.join(', ')}.`]),
      ...(IntegrationHttpMethod === 'POST' ? [] : [`IntegrationHttpMethod ${IntegrationHttpMethod}: services take POST.`]),
      ...(PASSTHROUGH.includes(passthroughOf(definition)) ? [] : [`PassthroughBehavior: use one of ${PASSTHROUGH.join(', ')}.`]),
      ...(timeout >= LEAST_TIMEOUT_MS ? [] : [`its timeout of ${timeout} ms is under the least of ${LEAST_TIMEOUT_MS} ms.`]),
      ...unknown.map((property) => `${property} of an AWS integration: honoured are ${[...HONOURED].join(', ')}.`),
      ...refusedTemplates(definition),
      ...refusedHeaders(IntegrationResponses),
    ];
  },

  create(definition, host) {
    const timeoutMs = timeoutOf(definition);
    const action = actionOf(definition.Uri);
    const passthrough = passthroughOf(definition) as Passthrough;
    const templates = new Map(
      Object.entries(definition.RequestTemplates ?? {}).map(([type, source]) => [type.toLowerCase(), compileTemplate(source)]),
    );
    const respond = responder(definition.IntegrationResponses ?? []);
    return async (request, context) => {
      if (!action) throw new GatewayFailure('API_CONFIGURATION_ERROR', `${definition.Uri} is not hosted`);
      const override: ResponseOverride = { header: new Map() };
      const template = requestTemplate(templates, request.rawHeaders, passthrough);
      const scope = { known: { request, context }, input: requestInput(request, context), override, variables: new Map() };
      const body = template ? template.render(scope) : request.body.toString();
      return respond(await within(timeoutMs, 'the service', action(body, host)), override, request, context);
    };
  },
};

/** Each with the name of its template: the property and the content type. */
function refusedTemplates({ RequestTemplates = {}, IntegrationResponses = [] }: IntegrationDefinition): string[] {
  const named = [
    ...Object.entries(RequestTemplates).map(([type, source]) => [`request template ${type}`, source] as const),
    ...IntegrationResponses.flatMap(({ StatusCode, ResponseTemplates = {} }) =>
      Object.entries(ResponseTemplates).map(([type, source]) => [`response template ${StatusCode} ${type}`, source] as const),
    ),
  ];
  return named.flatMap(([name, source]) => compileTemplate(source).refusals.map((refusal) => `the ${name} uses ${refusal}`));
}

const passthroughOf = ({ PassthroughBehavior = 'WHEN_NO_MATCH' }: IntegrationDefinition): unknown => PassthroughBehavior;
