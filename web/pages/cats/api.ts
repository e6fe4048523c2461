// The cats API as this page uses it: what is there, and the commands to the synchroniser.
import { type Answer, get, json, postWithKey, unexpected } from '../../frame/http.ts';
import type { Search } from './address.ts';
import type { Breed, BreedName, CategoryName, Command, Image, Run, SyncStatus } from './contract.ts';

const root = '/api/v1';
const deadline = 10_000;

/** Empty where nothing fits, which the contract answers with a 404. */
export async function findBreeds(search: Search | undefined, signal: AbortSignal): Promise<readonly BreedName[]> {
  const query = search === undefined ? '' : `?${new URLSearchParams({ [search.by]: search.value })}`;
  return (await lookUp<BreedName[]>(`/breeds/${query}`, signal)) ?? [];
}

export const findBreed = (id: string, signal: AbortSignal) => lookUp<Breed>(`/breeds/${encodeURIComponent(id)}`, signal);

export const findCategories = async (signal: AbortSignal) => (await lookUp<CategoryName[]>('/categories/', signal)) ?? [];

/** A page of a category's pictures, and how many there are on all pages. Pages are counted from 0. */
export async function findImages(category: number, page: { limit: number; page: number }, signal: AbortSignal) {
  const query = new URLSearchParams({ category: String(category), limit: String(page.limit), page: String(page.page) });
  const answer = await get(`${root}/images/?${query}`, { signal, deadline });
  if (answer.status !== 200) throw unexpected(answer);
  return { images: (await json(answer)) as readonly Image[], count: Number(answer.header('pagination-count') ?? 0) };
}

export async function findSync(signal: AbortSignal): Promise<SyncStatus> {
  const answer = await get(`${root}/sync`, { signal, deadline });
  if (answer.status !== 200) throw unexpected(answer);
  return (await json(answer)) as SyncStatus;
}

export const findRuns = async (limit: number, signal: AbortSignal) => (await lookUp<Run[]>(`/sync/runs?limit=${limit}`, signal)) ?? [];

export type Reply =
  | { readonly is: 'done'; readonly run: number | undefined }
  | { readonly is: 'forbidden' }
  | { readonly is: 'busy'; readonly words: string; readonly requestId: string | null };

/** @throws RequestFailed where nobody knows what became of it: then the same key may be sent again */
export async function send(command: Command, apiKey: string, idempotencyKey: string): Promise<Reply> {
  const answer = await postWithKey(`${root}/sync/${command}`, apiKey, idempotencyKey);
  if (answer.status === 403) return { is: 'forbidden' };
  if (answer.status === 409) return { is: 'busy', words: await message(answer), requestId: answer.requestId };
  if (answer.status !== 200 && answer.status !== 202) throw unexpected(answer);
  return { is: 'done', run: ((await json(answer)) as { run?: number }).run };
}

const message = async (answer: Answer) => String(((await json(answer)) as { message?: string }).message ?? '');

async function lookUp<Found>(path: string, signal: AbortSignal): Promise<Found | undefined> {
  const answer = await get(`${root}${path}`, { signal, deadline });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw unexpected(answer);
  return (await json(answer)) as Found;
}
