// A client of messages: sends, reads, and what it is told.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { JSON_TYPE, type Sending, said, send } from './application.ts';

export interface Posted {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
  /** Header `message-id`. */
  readonly key: string | null;
  readonly replayed: string | null;
}

/** @param text body as it is sent, @param query with its `?` */
export async function post(text: string | Uint8Array<ArrayBuffer>, query = '', headers: Sending['headers'] = {}): Promise<Posted> {
  const answer = await send(`/endpoint/${query}`, { method: 'POST', body: text, headers: { 'content-type': JSON_TYPE, ...headers } });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: await answer.text(),
    key: answer.headers.get('message-id'),
    replayed: answer.headers.get('idempotent-replayed'),
  };
}

export const get = (path: string) => said(send(path));

/** Told to whoever sent `text`, with 200. */
export const success = (text: string) => ({ status: 200, type: JSON_TYPE, body: `{"status":"Success","message":${text}}` });
export const refused = (message: string) => ({
  status: 400,
  type: JSON_TYPE,
  body: JSON.stringify({ status: '400 Bad Request', message }),
});

/** A channel that nobody else uses. */
export const newChannel = () => `of-${randomUUID()}`;

/** Key of a message that was taken. */
export async function sent(text: string, channel: string, headers: Sending['headers'] = {}): Promise<string> {
  const { key, ...answer } = await post(text, `?channel=${channel}`, headers);
  expect(answer).toMatchObject(success(text));
  return key as string;
}

export type Entry = readonly [id: number, message: unknown];

export interface Page {
  readonly entries: readonly Entry[];
  /** Path of the next page. */
  readonly next: string | undefined;
}

export async function page(path: string): Promise<Page> {
  const answer = await send(path);
  const body = await answer.text();
  expect({ status: answer.status, body }).toMatchObject({ status: 200 });
  const next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
  return { entries: (JSON.parse(body) as { message: Entry[] }).message, next };
}

/** All pages, each as it came. */
export async function pages(query = ''): Promise<Page[]> {
  const all: Page[] = [];
  for (let path: string | undefined = `/endpoint/${query}`; path; path = all.at(-1)?.next) all.push(await page(path));
  return all;
}

export const list = async (query = ''): Promise<Entry[]> => (await pages(query)).flatMap(({ entries }) => entries);
export const idsOf = (entries: readonly Entry[]): number[] => entries.map(([id]) => id);

/** What the channel holds, once it holds that many. */
export const stored = (channel: string, count: number): Promise<Entry[]> =>
  eventually(async () => {
    const all = await list(`?channel=${channel}`);
    return all.length >= count && all;
  });

/** The highest id that there is, 0 without any. All that was sent before and is on its way may come after it. */
export async function lastId(): Promise<number> {
  const channel = newChannel();
  await sent('[0]', channel);
  return idsOf(await stored(channel, 1))[0] as number;
}

/** `first`, `first + 1` … `last`. */
export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** Ids in the order in which they came, short enough to be read: `3-7 9 8`. */
export const spans = (ids: readonly number[]): string =>
  ids
    .reduce<[number, number][]>((all, id) => {
      const current = all.at(-1);
      if (current && id === current[1] + 1) current[1] = id;
      else all.push([id, id]);
      return all;
    }, [])
    .map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
    .join(' ');
