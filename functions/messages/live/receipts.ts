// Which messages listeners have heard of. Receipt and storage are announced by two functions, and the second may be quicker.
import type { StoredMessage } from '../message.ts';

const KEPT = 20_000;
/** An older message was announced long ago; this environment just did not exist. */
const RECENT_MS = 5_000;

export interface Receipts {
  /** True the first time for a key. */
  isNew(key: string): boolean;
  /** True where listeners are to hear of the receipt together with the storage, because they have not yet. */
  isOverdue(message: StoredMessage): boolean;
}

export function receipts(clock: () => number): Receipts {
  const heard = new Set<string>();
  const isNew = (key: string): boolean => {
    if (heard.has(key)) return false;
    heard.add(key);
    for (const oldest of heard) {
      if (heard.size <= KEPT) break;
      heard.delete(oldest);
    }
    return true;
  };
  return { isNew, isOverdue: ({ key, at }) => clock() - Date.parse(at) < RECENT_MS && isNew(key) };
}
