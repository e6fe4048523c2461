// Parallel: F7.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expressMachine, outputOf, plainTask, type StatesHost, statesHost } from './states-fixture.ts';

const branch = (state: object, after: object = { Type: 'Succeed' }) => ({ StartAt: 'First', States: { First: state, After: after } });
/** Names differ between branches. */
const branches = (...all: { States: Record<string, object> }[]) =>
  all.map((one, index) => JSON.parse(JSON.stringify(one).replaceAll(/"(First|After)"/g, `"$1 ${index}"`)) as object);

const both = { StartAt: 'Both', States: {} };
const failing = {
  Type: 'Parallel',
  Branches: branches(
    branch(
      plainTask('Obedient', { Parameters: { 'key.$': '$.key', sleep: 1000 }, Next: 'After' }),
      plainTask('Obedient', { Parameters: { key: 'after' }, End: true }),
    ),
    branch({ Type: 'Wait', Seconds: 60, Next: 'After' }),
    branch({ Type: 'Fail', Error: 'SoldOut', Cause: 'no apples' }),
  ),
};
const caught = (name: string) => ({ ...failing, Catch: [{ ErrorEquals: [name], ResultPath: '$.error', Next: 'Caught' }], End: true });
const withCaught = (state: object) => expressMachine({ ...both, States: { Both: state, Caught: { Type: 'Succeed' } } });

let host: StatesHost;

beforeAll(async () => {
  host = await statesHost((obedient) => ({
    Obedient: obedient(),
    Succeeding: expressMachine({
      ...both,
      States: {
        Both: {
          Type: 'Parallel',
          Branches: branches(
            branch(plainTask('Obedient', { Parameters: { answer: 1, sleep: 200 }, End: true })),
            branch({ Type: 'Pass', End: true }),
          ),
          ResultPath: '$.both',
          End: true,
        },
      },
    }),
    Failing: withCaught({ ...failing, End: true }),
    CaughtByName: withCaught(caught('SoldOut')),
    CaughtAsBranch: withCaught(caught('States.BranchFailed')),
  }));
});
afterAll(() => host?.stop());

test('F7: every branch gets the input, and their outputs are a list in their order', async () => {
  expect(outputOf(await host.run('Succeeding', { n: 1 }))).toEqual({ n: 1, both: [1, { n: 1 }] });
});

test('F7: one failure stops the other branches at once, and nothing of them begins afterwards', async () => {
  const execution = await host.run('Failing', { key: 'stopped' });
  expect(execution).toMatchObject({ status: 'FAILED', error: 'SoldOut', cause: 'no apples' });
  expect(host.calls('stopped', 'waited')).toBe(0);
  await eventually(() => host.calls('stopped', 'waited') === 1);
  expect(host.calls('after')).toBe(0);
});

test.each(['CaughtByName', 'CaughtAsBranch'])('F7: %s: the failure has the name of the error in the branch', async (machine) => {
  expect(outputOf(await host.run(machine, { key: 'caught' }))).toEqual({ key: 'caught', error: { Error: 'SoldOut', Cause: 'no apples' } });
});
