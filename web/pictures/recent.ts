// The pictures that this browser handed in, newest first; kept in localStorage, so only their owner sees the list.
import { storedList, storeList } from '../frame/storage.ts';

export interface Recent {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const key = 'stackyard.pictures.recent';
const kept = 8;

const storage = () => localStorage;

export const recentPictures = (): Recent[] => storedList<Recent>(storage, key);

export function remember(picture: Recent, before: readonly Recent[]): Recent[] {
  const list = [picture, ...before.filter(({ id }) => id !== picture.id)].slice(0, kept);
  storeList(storage, key, list);
  return list;
}

export function forgetAll(): Recent[] {
  storeList(storage, key, []);
  return [];
}
