// Which user, items and order this browser is at, so that a reload goes on with them.
import { storedList, storeList } from '../../frame/storage.ts';

export interface Stored {
  readonly user?: string;
  readonly items: readonly string[];
  readonly order?: string;
}

const key = 'stackyard.shop';
const storage = () => localStorage;

export const nothing: Stored = { items: [] };

export const stored = (): Stored => storedList<Stored>(storage, key)[0] ?? nothing;
export const store = (shop: Stored): void => storeList(storage, key, [shop]);
