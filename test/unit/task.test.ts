// Functions behind Task states: one action each, and failures that a state machine can tell apart by their names.
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { log } from '../../functions/shared/logging.ts';
import { requestId } from '../../functions/shared/request-context.ts';
import { perform, type Task, task } from '../../functions/shared/task.ts';

beforeAll(() => log.setLogLevel('SILENT'));

const performing = (tasks: Readonly<Record<string, Task>>) => async (event: object) => perform(tasks, event);
const failing = (error: unknown) => performing({ fail: async () => Promise.reject(error) });
const nameOf = async (error: unknown) => {
  const thrown = await failing(error)({ action: 'fail', requestId: 'r1' }).catch((failure: unknown) => failure);
  expect(thrown).toBe(error);
  return (thrown as Error).name;
};

describe('an event', () => {
  const handler = performing({
    double: task(z.object({ n: z.int() }), async ({ n }) => 2 * n),
    who: task(z.object({}), async () => requestId()),
  });

  it('gets the answer of its action', async () => {
    expect(await handler({ action: 'double', requestId: 'r1', n: 21 })).toBe(42);
  });

  it('is served under the id of its request', async () => {
    expect(await handler({ action: 'who', requestId: 'r7' })).toBe('r7');
  });

  it('that does not fit its action is refused', async () => {
    await expect(async () => handler({ action: 'double', requestId: 'r1', n: '21' })).rejects.toThrow(z.ZodError);
  });

  it.each(['nothing', 'constructor', '__proto__', 'toString'])('of an unknown action is refused: %s', async (action) => {
    await expect(async () => handler({ action, requestId: 'r1' })).rejects.toThrow(`There is no action ${action}`);
  });

  it('of a schedule has no request', async () => {
    expect(await handler({ action: 'who' })).toBe('-');
  });

  it.each([{}, { requestId: 'r1' }])('without an action is refused: %j', async (event) => {
    await expect(async () => handler(event)).rejects.toThrow(z.ZodError);
  });
});

describe('a failure that may go well a moment later is named DatabaseUnavailable', () => {
  it.each([1205, 1213, 1040, 1053, 1927, 2006, 2013, 9501])('where the server says %i', async (errno) => {
    expect(await nameOf(Object.assign(new Error('server'), { errno }))).toBe('DatabaseUnavailable');
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST'])(
    'where the connection says %s',
    async (code) => {
      expect(await nameOf(Object.assign(new Error('connection'), { code }))).toBe('DatabaseUnavailable');
    },
  );
});

describe('any other failure keeps its name', () => {
  it.each([
    [new TypeError('a mistake of ours'), 'TypeError'],
    [Object.assign(new Error('a key twice'), { errno: 1062 }), 'Error'],
    [Object.assign(new Error('a CHECK'), { errno: 4025 }), 'Error'],
    [Object.assign(new Error('a refused login'), { errno: 1045, code: 'ER_ACCESS_DENIED_ERROR' }), 'Error'],
  ])('%s', async (error, name) => {
    expect(await nameOf(error)).toBe(name);
  });
});
