// One layer's probe: deadlines, lines that broke, layers that come back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Line, type Outcome, probe } from '../../functions/status/probe.ts';

const DEADLINE = 700;
const never = new Promise<never>(() => undefined);

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** A server whose lines are opened and asked by these, and a count of what was done. */
function server(open: () => Promise<void> = async () => {}, ask: () => Promise<unknown> = async () => 'pong') {
  const count = { opened: 0, asked: 0, closed: 0 };
  const behaviour = { open, ask };
  const line = async (): Promise<Line> => {
    count.opened++;
    await behaviour.open();
    return {
      ask() {
        count.asked++;
        return behaviour.ask();
      },
      close() {
        count.closed++;
      },
    };
  };
  return { count, behaviour, ask: probe(line, DEADLINE, () => Date.now()) };
}
async function late(asked: Promise<Outcome>): Promise<Outcome> {
  await vi.advanceTimersByTimeAsync(DEADLINE);
  return asked;
}
const refuses = async () => {
  throw new Error('refused');
};

describe('a layer', () => {
  it('that answers is up, over one line for all questions', async () => {
    const { ask, count } = server();

    expect([await ask(), await ask()]).toEqual([
      { up: true, milliseconds: 0 },
      { up: true, milliseconds: 0 },
    ]);
    expect(count).toEqual({ opened: 1, asked: 2, closed: 0 });
  });

  it('that answers late, but in time, is up, with how long it took', async () => {
    const slowly = () => new Promise((resolve) => setTimeout(resolve, 300.04));
    const asked = server(undefined, slowly).ask();
    await vi.advanceTimersByTimeAsync(301);

    expect(await asked).toEqual({ up: true, milliseconds: 300 });
  });

  it('that refuses the connection is down at once', async () => {
    expect(await server(refuses).ask()).toEqual({ up: false, milliseconds: 0 });
  });

  it.each<[string, Parameters<typeof server>]>([
    ['takes the connection and never greets', [() => never]],
    ['takes the question and never answers', [undefined, () => never]],
  ])('that %s is down after the deadline, and its line is closed when it can be', async (_, hanging) => {
    const { ask, count } = server(...hanging);

    expect(await late(ask())).toEqual({ up: false, milliseconds: DEADLINE });
    expect(count.closed).toBe(count.asked);
  });

  it('that hung is asked over a new line next time, and is up as soon as it answers', async () => {
    const { ask, count, behaviour } = server(undefined, () => never);
    await late(ask());
    behaviour.ask = async () => 'pong';

    expect(await ask()).toMatchObject({ up: true });
    expect(count).toEqual({ opened: 2, asked: 2, closed: 1 });
  });

  it('that refused is tried again next time', async () => {
    const { ask, behaviour } = server(refuses);
    await ask();
    behaviour.open = async () => {};

    expect(await ask()).toMatchObject({ up: true });
  });
});

describe('a line that was used before', () => {
  it('and broke meanwhile is replaced within the same question', async () => {
    const { ask, count, behaviour } = server();
    await ask();
    behaviour.ask = async () => {
      if (count.opened === 1) throw new Error('connection lost');
    };

    expect(await ask()).toMatchObject({ up: true });
    expect(count).toEqual({ opened: 2, asked: 3, closed: 1 });
  });

  it('and broke with its server is tried anew once, not for ever', async () => {
    const { ask, count, behaviour } = server();
    await ask();
    behaviour.ask = refuses;
    behaviour.open = refuses;

    expect(await ask()).toMatchObject({ up: false });
    expect(count).toMatchObject({ opened: 2, asked: 2 });
  });

  it('and was left alone for half a minute is not trusted', async () => {
    const { ask, count } = server();
    await ask();
    vi.setSystemTime(30_001);

    expect(await ask()).toMatchObject({ up: true });
    expect(count).toEqual({ opened: 2, asked: 2, closed: 1 });
  });

  it('and hung is not replaced once the question is answered: what comes of it would be old news to the next', async () => {
    const { ask, count, behaviour } = server();
    await ask();
    const cut = Promise.withResolvers<void>();
    behaviour.ask = () => cut.promise;
    expect(await late(ask())).toMatchObject({ up: false });
    behaviour.open = refuses;
    cut.reject(new Error('closed'));
    await vi.advanceTimersByTimeAsync(0);
    behaviour.open = async () => {};
    behaviour.ask = async () => 'pong';

    expect(await ask()).toMatchObject({ up: true });
    expect(count.opened).toBe(2);
  });

  it('is not kept longer than the deadline by a second attempt', async () => {
    const { ask, behaviour } = server();
    await ask();
    behaviour.ask = () => new Promise((_, reject) => setTimeout(reject, 400, new Error('lost')));

    expect(await late(ask())).toEqual({ up: false, milliseconds: DEADLINE });
  });
});
