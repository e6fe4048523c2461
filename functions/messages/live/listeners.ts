// The connections that the stream knows, in the memory of the environment that serves it.
import type { ConnectionRecord, ConnectionState } from './registry.ts';

export interface Listener extends ConnectionRecord {
  state: ConnectionState;
  channels: readonly string[] | undefined;
  resume: string | undefined;
  /** What it was told because it came, and not because it asked: from `at` on, in ms, everything after one id, through another. */
  joined?: { readonly at: number; readonly after: number; readonly through: number } | undefined;
}

export type Listeners = Map<string, Listener>;

/** Takes over who came and who went; what is known of the others stays, for this memory is ahead of the table. */
export function reconcile(listeners: Listeners, records: readonly ConnectionRecord[]): void {
  const present = new Set(records.map(({ id }) => id));
  for (const id of listeners.keys()) if (!present.has(id)) listeners.delete(id);
  for (const record of records) if (!listeners.has(record.id)) listeners.set(record.id, { ...record });
}

/** Listeners that want the same channels: what they are told is made once. */
export function byInterest(
  listeners: Iterable<Listener>,
): { readonly channels: ReadonlySet<string> | undefined; readonly listeners: Listener[] }[] {
  const groups = new Map<string, { channels: ReadonlySet<string> | undefined; listeners: Listener[] }>();
  for (const listener of listeners) {
    const key = listener.channels ? JSON.stringify(listener.channels) : '';
    const group = groups.get(key) ?? { channels: listener.channels && new Set(listener.channels), listeners: [] };
    group.listeners.push(listener);
    groups.set(key, group);
  }
  return [...groups.values()];
}
