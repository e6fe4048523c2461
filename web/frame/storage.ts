// What the browser keeps for its owner. Private windows may forbid it: then nothing is kept, and nothing breaks.

/** The list under `key`; empty when there is none or it cannot be read. The caller trusts only what this site wrote. */
export function storedList<T>(storage: () => Storage, key: string): T[] {
  try {
    const stored: unknown = JSON.parse(storage().getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

export function storeList(storage: () => Storage, key: string, list: readonly unknown[]): void {
  try {
    storage().setItem(key, JSON.stringify(list));
  } catch {
    // Forbidden or full: the list then lives as long as the page.
  }
}
