// Which template is for a request: by content type on the way in, by `Accept` on the way out.
import { GatewayFailure } from '../../failure.ts';
import { headerOf } from '../../headers.ts';

export const JSON_TYPE = 'application/json';

export type Passthrough = 'NEVER' | 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES';

/** No content type counts as JSON. Undefined where the body goes on as it is; else 415. */
export function requestTemplate<T>(
  templates: ReadonlyMap<string, T>,
  rawHeaders: readonly string[],
  passthrough: Passthrough,
): T | undefined {
  const type = headerOf(rawHeaders, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? JSON_TYPE;
  const template = templates.get(type);
  if (template !== undefined || passthrough === 'WHEN_NO_MATCH') return template;
  if (passthrough === 'WHEN_NO_TEMPLATES' && templates.size === 0) return undefined;
  throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE', `no request template for ${type}`);
}

/** Of the first accepted type that has one, else JSON's, else the first. */
export function responseTemplate<T>(
  templates: ReadonlyMap<string, T>,
  rawHeaders: readonly string[],
): readonly [type: string, T] | undefined {
  const accepted =
    headerOf(rawHeaders, 'accept')
      ?.split(',')
      .map((type) => type.split(';', 1)[0]?.trim().toLowerCase() ?? '') ?? [];
  const type = [...accepted, JSON_TYPE, ...templates.keys()].find((name) => templates.has(name));
  const template = type === undefined ? undefined : templates.get(type);
  return type === undefined || template === undefined ? undefined : [type, template];
}
