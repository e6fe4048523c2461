// Answers that are whole as HTTP and wrong in what they say.
import type { Answer } from '../../../functions/cats/upstream-stub/answer.ts';
import type { Fault, FaultKind } from './faults.ts';
import type { Misbehaviour } from './misbehaviour.ts';

type Row = Readonly<Record<string, unknown>>;
type Spoil = (good: Answer, fault: Fault) => Answer;

const refusal = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

const SECOND_MS = 1000;
const later = ({ retryAfterSeconds = 1 }: Fault) => new Date(Date.now() + retryAfterSeconds * SECOND_MS);

export const spoils: Readonly<Record<Exclude<FaultKind, Misbehaviour>, Spoil>> = {
  '429': () => refusal(429, 'Too Many Requests'),
  '429 in seconds': (_, { retryAfterSeconds = 1 }) => refusal(429, 'Too Many Requests', { 'retry-after': String(retryAfterSeconds) }),
  '429 at a date': (_, fault) => refusal(429, 'Too Many Requests', { 'retry-after': later(fault).toUTCString() }),
  '401': () => refusal(401, "AUTHENTICATION_ERROR - you need to send your API Key as the 'x-api-key' header"),
  '500': () => refusal(500, 'Internal Server Error'),
  '503': () => refusal(503, 'Service Unavailable'),
  truncated: (good) => ({ ...good, body: good.body.slice(0, good.body.length / 2) }),
  html: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Be back soon</title>' }),
  'not a list': (good) => ({ ...good, body: `{"rows":${good.body}}` }),
  empty: (good) => ({ ...good, headers: { ...good.headers, 'pagination-count': '0' }, body: '[]' }),
  'wrong count': (good) => {
    const told = Number(good.headers['pagination-count'] ?? rowsOf(good).length);
    return { ...good, headers: { ...good.headers, 'pagination-count': String(told + 5) } };
  },
  'missing id': (good) =>
    withRows(
      good,
      someOf(({ id: _, ...row }) => row),
    ),
  'missing name': (good) =>
    withRows(
      good,
      someOf(({ name: _, url: __, ...row }) => row),
    ),
  'wrong types': (good) => withRows(good, someOf(otherTypes)),
  'new fields': (good) =>
    withRows(good, (rows) =>
      rows.map((row) => ({ ...row, purr: { hertz: 26 }, nicknames: ['Tiger'], born_in: null, 'x-height': '30 cm' })),
    ),
  duplicates: (good) => withRows(good, (rows) => rows.flatMap((row, place) => (place % 3 === 0 ? [row, row] : [row]))),
};

const rowsOf = ({ body }: Answer): Row[] => JSON.parse(body);

const withRows = (good: Answer, alter: (rows: Row[]) => Row[]): Answer => ({ ...good, body: JSON.stringify(alter(rowsOf(good))) });

/** Breaks the second of every three rows, so that good ones stand on both sides; a lone row breaks too. */
const someOf = (broken: (row: Row) => Row) => (rows: Row[]) =>
  rows.map((row, place) => (place % 3 === Math.min(1, rows.length - 1) ? broken(row) : row));

const otherTypes = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, otherType(value)]));

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return value.length;
  return typeof value === 'number' ? 'many' : null;
}
