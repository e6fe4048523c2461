// What a template sees while it is rendered.
import type { Known } from '../variables.ts';
import type { Value } from './values.ts';

export interface Scope {
  readonly known: Known;
  readonly input: Input;
  /** `$context.responseOverride`: one for the request's and the response's template, as on AWS. */
  readonly override: ResponseOverride;
  /** What `#set` and `#foreach` have named. */
  readonly variables: Map<string, Value>;
}

export interface Input {
  /** Text of the body; empty bodies are `{}`, as on AWS. */
  body(): string;
  /** The body as JSON. Throws `GatewayFailure` where it is none. */
  json(): Value;
  /** By `path`, `querystring` and `header`. */
  params(): Parameters;
  /** From the path, the query or the headers, in this order; else an empty text. */
  param(name: string): string;
}

export interface Parameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, string>>;
}

export interface ResponseOverride {
  status?: Value;
  readonly header: Map<string, Value>;
}
