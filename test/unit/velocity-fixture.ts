// Renders mapping templates without a gateway around them.
import type { GatewayRequest, RequestContext } from '../../local/gateway/rest/integration.ts';
import { requestInput, responseInput } from '../../local/gateway/rest/velocity/input.ts';
import type { ResponseOverride } from '../../local/gateway/rest/velocity/scope.ts';
import { compileTemplate } from '../../local/gateway/rest/velocity/template.ts';

export interface Given {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  /** Name, value, name, value … */
  readonly headers?: readonly string[];
  readonly body?: string;
  /** What a service answered; the template is then one of a response. */
  readonly answer?: unknown;
  readonly stageVariables?: Readonly<Record<string, string>>;
}

export interface Rendered {
  readonly text: string;
  readonly status: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Throws where the template is refused. */
export function rendered(source: string, given: Given = {}): Rendered {
  const { render, refusals } = compileTemplate(source);
  if (refusals.length > 0) throw new Error(refusals.join('\n'));
  const request: GatewayRequest = {
    verb: 'POST',
    path: '/things',
    query: given.query ?? '',
    rawHeaders: given.headers ?? [],
    body: Buffer.from(given.body ?? ''),
  };
  const context = {
    requestId: 'request-1',
    sourceIp: '127.0.0.1',
    pathParameters: given.path ?? null,
    stage: { name: 'live', variables: given.stageVariables ?? null },
  } as unknown as RequestContext;
  const override: ResponseOverride = { header: new Map() };
  const input = 'answer' in given ? responseInput(request, context, given.answer) : requestInput(request, context);
  const text = render({ known: { request, context }, input, override, variables: new Map() });
  return { text, status: override.status, headers: Object.fromEntries(override.header) };
}

export const textOf = (source: string, given?: Given): string => rendered(source, given).text;

export const refusalsOf = (source: string): readonly string[] => compileTemplate(source).refusals;
