// A message on its way: what the queue carries, and what the table keeps.
import type { TraceContext } from '../shared/tracing/trace-context.ts';

export interface Message {
  /** uuid that the sender got. */
  readonly key: string;
  readonly channel: string;
  /** JSON text as it was sent. It is never parsed and written again: numbers beyond 2^53 would not survive that. */
  readonly text: string;
  /** When the POST came, ISO 8601. */
  readonly at: string;
  readonly requestId: string;
  /** Of the last span that it went through; the table keeps none. */
  readonly trace?: TraceContext | undefined;
}

export interface StoredMessage extends Message {
  /** 1, 2, 3 … in the order of the commits. */
  readonly id: number;
}
