// A client of cats: what is published, and the synchroniser's controls.
import type { Breed, BreedName, Category, CategoryName, Image, Run, SyncStatus } from '../../functions/cats/routes.ts';
import { eventually } from '../support/eventually.ts';
import { JSON_TYPE, type Sending, said, send, sendWithKey } from './application.ts';

export const get = (path: string) => said(send(path));
export const ok = (value: unknown) => ({ status: 200, type: JSON_TYPE, body: JSON.stringify(value) });
export const NOT_FOUND = { status: 404, type: JSON_TYPE, body: '{"message":"not found"}' };
export const BAD_REQUEST = { status: 400, type: JSON_TYPE, body: '{"message":"bad request"}' };

/** The body of a 200. */
export async function read<Body>(path: string): Promise<Body> {
  const { status, body } = await get(path);
  if (status !== 200) throw new Error(`${path} answered ${status} ${body}`);
  return JSON.parse(body) as Body;
}

export const status = () => read<SyncStatus>('/api/v1/sync');
export const runs = (query = '?limit=100') => read<Run[]>(`/api/v1/sync/runs${query}`);
export const control = (action: 'start' | 'stop' | 'run', sending: Sending = {}) =>
  sendWithKey(`/api/v1/sync/${action}`, { method: 'POST', ...sending });

/** Asks for a run until none goes on that the schedule began; gives its id. */
export const requested = (sending: Sending = {}): Promise<number> =>
  eventually(async () => {
    const answer = await control('run', sending);
    const body = (await answer.json()) as { run: number };
    return answer.status === 202 && body.run;
  });

/** The run once it has ended. */
export const ended = (id: number): Promise<Run> =>
  eventually(async () => (await runs()).find((run) => run.id === id && (run.state === 'succeeded' || run.state === 'failed')));

/** Waits for the first good run, and asks for one where none has been. */
export async function published(): Promise<void> {
  if ((await get('/api/v1/breeds')).status === 404) await ended(await requested());
}

/** Every breed with all that is told of it, in the order of the list. */
export async function allBreeds(): Promise<Breed[]> {
  await published();
  const names = await read<BreedName[]>('/api/v1/breeds');
  return Promise.all(names.map(({ id }) => read<Breed>(`/api/v1/breeds/${id}`)));
}

export async function allCategories(): Promise<Category[]> {
  await published();
  const names = await read<CategoryName[]>('/api/v1/categories');
  return Promise.all(names.map(({ id }) => read<Category>(`/api/v1/categories/${id}`)));
}

export interface Page {
  readonly images: readonly Image[];
  readonly headers: Readonly<Record<'count' | 'page' | 'limit', number>>;
  /** Path of the next page. */
  readonly next: string | undefined;
}

export async function page(path: string): Promise<Page> {
  const answer = await send(path);
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${body}`);
  const number = (name: string) => Number(answer.headers.get(`pagination-${name}`) ?? 'missing');
  return {
    images: JSON.parse(body) as Image[],
    headers: { count: number('count'), page: number('page'), limit: number('limit') },
    next: nextOf(answer),
  };
}

/** Where `Link` leads. */
export const nextOf = (answer: Response): string | undefined => /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];

/** All pages, each as it came. */
export async function pages(query: string): Promise<Page[]> {
  const all: Page[] = [];
  for (let path: string | undefined = `/api/v1/images/${query}`; path; path = all.at(-1)?.next) all.push(await page(path));
  return all;
}

/** Text as a client writes it into an address, every character encoded. */
export const encoded = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
