// How the page of the cats reads its address, what it offers to search by, and what it says about runs.
import { expect, test } from 'vitest';
import { addressOf, hrefOf } from '../../web/pages/cats/address.ts';
import { choices, meant } from '../../web/pages/cats/choices.ts';
import type { Run, SyncStatus } from '../../web/pages/cats/contract.ts';
import { changes, countdown, lastChange, moment, rhythm, standing } from '../../web/pages/cats/words.ts';

const breed = (name: string, origin: string, temperament: string) => ({ id: name, name, origin, temperament, description: '', images: [] });
const none = { fetched: 9, refused: 0, added: 0, changed: 0, removed: 0 };
const counts = (breeds: object = {}) => ({ breeds: { ...none, ...breeds }, breedImages: none, categories: none, categoryImages: none });
const run = (id: number, more: Partial<Run> = {}): Run => ({
  id,
  cause: 'schedule',
  state: 'succeeded',
  upstream: 'stub',
  requestedAt: `2030-01-01T00:0${id}:00.000Z`,
  startedAt: `2030-01-01T00:0${id}:00.000Z`,
  endedAt: `2030-01-01T00:0${id}:01.000Z`,
  counts: counts(),
  error: null,
  ...more,
});
const status = (more: Partial<SyncStatus> = {}): SyncStatus => ({
  enabled: true,
  running: false,
  lastRun: run(1),
  nextRun: null,
  everySeconds: 60,
  upstream: 'stub',
  ...more,
});

test('an address holds a search and a breed, and of two searches the temperament counts', () => {
  expect(addressOf('?origin=Egypt&temperament=Calm&breed=abys')).toEqual({ search: { by: 'temperament', value: 'Calm' }, breed: 'abys' });
  expect(addressOf('?origin=%20&breed=')).toEqual({ search: undefined, breed: undefined });
});

test.each([
  {},
  { search: { by: 'origin', value: 'United & States=?' } as const },
  { breed: 'a b' },
  { search: { by: 'temperament', value: 'Ö, ä' } as const, breed: 'abys' },
])('the address of %j says the same when it is read', (address) => {
  const href = hrefOf(address);
  expect(href).toMatch(/^\/cats/);
  expect(addressOf(href.slice('/cats'.length))).toEqual({ search: undefined, breed: undefined, ...address });
});

test('what breeds have is offered once, by alphabet, and typed words mean it in any case', () => {
  const breeds = [breed('a', 'Egypt', 'Calm, Active'), breed('b', 'Egypt', 'Active,'), breed('c', '', '')];
  expect(choices(breeds, 'temperament')).toEqual(['Active', 'Calm']);
  expect(choices(breeds, 'origin')).toEqual(['Egypt']);
  expect(meant(' egypt', ['Egypt'])).toBe('Egypt');
  expect(meant(' Atlantis ', ['Egypt'])).toBe('Atlantis');
});

test.each([
  [counts(), 'nothing changed'],
  [counts({ added: 1200, removed: 3 }), '1,200 added, 3 removed'],
  [counts({ refused: 2 }), 'nothing changed, 2 refused'],
  [{ ...counts({ changed: 1 }), categoryImages: { ...none, changed: 2 } }, '3 changed'],
])('counts are told in words', (counted, words) => {
  expect(changes(counted)).toBe(words);
});

test('the last change is the one of the run that ended last, whatever its id, and failed runs change nothing', () => {
  const changed = { counts: counts({ added: 1 }) };
  const runs = [
    run(5),
    run(4, { ...changed, state: 'failed' }),
    run(3, changed),
    run(2, { ...changed, endedAt: '2030-01-01T00:09:00.000Z' }),
  ];
  expect(lastChange(runs)).toBe(2);
  expect(lastChange([run(5)])).toBeUndefined();
});

test.each([
  [59_001, 60, '1:00'],
  [600, 60, '0:01'],
  [0, 60, 'now'],
  [-5_000, 60, 'now'],
  // A browser whose clock is an hour behind.
  [3_600_000, 300, '5:00'],
])('%i ms before a run that comes every %i s the page says %s', (milliseconds, everySeconds, words) => {
  expect(countdown(milliseconds, everySeconds)).toBe(words);
});

test('a time is told with its day unless that is today', () => {
  const noon = new Date(2030, 10, 3, 12, 0, 5).getTime();
  expect(moment(noon, noon + 3_600_000)).toBe('12:00:05');
  expect(moment(noon, noon + 86_400_000)).toMatch(/3.*12:00$/);
});

test('a rhythm is told in minutes where it can be', () => {
  expect([60, 300, 90].map(rhythm)).toEqual(['every minute', 'every 5 minutes', 'every 90 s']);
});

test.each([
  ['unknown', 'cannot be asked', status(), false],
  ['unknown', 'Asking', undefined, true],
  ['up', 'in step', status(), true],
  ['up', 'nothing has run yet', status({ lastRun: null }), true],
  ['up', 'Synchronising now', status({ running: true, lastRun: run(2, { state: 'failed' }) }), true],
  ['unknown', 'stopped', status({ enabled: false }), true],
  ['down', 'The last run failed', status({ lastRun: run(2, { state: 'failed' }) }), true],
  ['down', 'the schedule is stopped', status({ enabled: false, lastRun: run(2, { state: 'failed' }) }), true],
  ['unknown', 'has not ended yet', status({ lastRun: run(2, { state: 'running', endedAt: null }) }), true],
] as const)('%s: “… %s …”', (condition, words, told, isReachable) => {
  expect(standing(told, isReachable)).toMatchObject({ condition, sentence: expect.stringContaining(words) });
});
