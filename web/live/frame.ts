// What the server tells: frames of one event or an array of them.
import { elements, members } from './json-text.ts';

/** A message as it is told of; `text` is the payload as it was sent, undefined where it is too large for a frame. */
export interface Told {
  readonly key: string;
  readonly channel: string;
  /** Milliseconds since 1970, by the server's clock: when it was received. */
  readonly at: number;
  readonly text: string | undefined;
  /** Where a payload that is too large for a frame can be had. */
  readonly href: string | undefined;
  readonly requestId: string;
}
export type Stored = Told & { readonly id: number };

export type Event =
  | { readonly type: 'received'; readonly message: Told }
  | { readonly type: 'stored'; readonly message: Stored }
  | { readonly type: 'resumed'; readonly after: number; readonly through: number }
  | { readonly type: 'subscribed'; readonly channels: readonly string[] | null }
  | { readonly type: 'error'; readonly words: string };

/** The events of a frame, in order. What this page does not know is left out: the server may be newer. Should a message be lost by that, its gap is noticed. */
export function eventsOf(frame: string): Event[] {
  const text = frame.trim();
  const value = parsed(text);
  if (!Array.isArray(value)) return event(value, text);
  return elements(text).flatMap((one, index) => event(value[index], one));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function event(value: unknown, text: string): Event[] {
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Fields;
  const { type, id, after, through, message } = fields;
  if (type === 'received') return [{ type, message: told(fields, text) }];
  if (type === 'stored' && typeof id === 'number') return [{ type, message: { ...told(fields, text), id } }];
  if (type === 'resumed' && typeof after === 'number' && typeof through === 'number') return [{ type, after, through }];
  if (type === 'subscribed') return [{ type, channels: Array.isArray(fields.channels) ? fields.channels : null }];
  // API Gateway's own errors have no type.
  if (type === 'error' || (type === undefined && message !== undefined)) return [{ type: 'error', words: String(message) }];
  return [];
}

const told = ({ key, channel, at, href, requestId, truncated }: Fields, text: string): Told => ({
  key: String(key),
  channel: String(channel),
  at: Date.parse(String(at)),
  text: truncated === true ? undefined : members(text).get('message'),
  href: typeof href === 'string' ? href : undefined,
  requestId: String(requestId),
});
