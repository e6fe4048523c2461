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

/** The events of a frame, in order. Types that this page does not know are left out: the server may be newer. */
export function eventsOf(frame: string): Event[] {
  const text = frame.trim();
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) return event(value, text);
  return elements(text).flatMap((one, index) => event(value[index], one));
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes are the server's own
function event(value: any, text: string): Event[] {
  const { type } = value;
  if (type === 'received') return [{ type, message: told(value, text) }];
  if (type === 'stored') return [{ type, message: { ...told(value, text), id: value.id } }];
  if (type === 'resumed') return [{ type, after: value.after, through: value.through }];
  if (type === 'subscribed') return [{ type, channels: value.channels }];
  // API Gateway's own errors have no type.
  if (type === 'error' || (type === undefined && 'message' in value)) return [{ type: 'error', words: String(value.message) }];
  return [];
}

// biome-ignore lint/suspicious/noExplicitAny: the shapes are the server's own
function told(value: any, text: string): Told {
  const { key, channel, at, href, requestId, truncated } = value;
  return { key, channel, at: Date.parse(at), text: truncated === true ? undefined : members(text).get('message'), href, requestId };
}
