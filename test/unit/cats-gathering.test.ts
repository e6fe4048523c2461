// Questions of the same moment: asked together, each once, and never joined late.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { gathering } from '../../functions/cats/gathering.ts';

/** Remembers what it was asked; its answers come when they are let go. */
function asked(answerOf: (question: string, round: number) => string = (question, round) => `${question} ${round}`) {
  const rounds: string[][] = [];
  let letGo: () => void = () => undefined;
  const ask = gathering(async (questions) => {
    const round = rounds.push(questions);
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
    return questions.map((question) => answerOf(question, round));
  });
  return { ask, rounds, letGo: () => letGo() };
}

it('asks once for all questions of a moment, and each once', async () => {
  const { ask, rounds, letGo } = asked();
  const answers = Promise.all(['a', 'b', 'a', 'c', 'b'].map(ask));
  await nextTurn();
  letGo();

  expect(await answers).toEqual(['a 1', 'b 1', 'a 1', 'c 1', 'b 1']);
  expect(rounds).toEqual([['a', 'b', 'c']]);
});

it('gives nobody an answer that was asked for before the question', async () => {
  const { ask, rounds, letGo } = asked();
  const early = ask('a');
  await nextTurn();
  const late = ask('a');
  letGo();
  expect(await early).toBe('a 1');
  await nextTurn();
  letGo();

  expect(await late).toBe('a 2');
  expect(rounds).toEqual([['a'], ['a']]);
});

it('gives no answer where there is none to be had, and asks again the next time', async () => {
  let there = false;
  const ask = gathering(async (questions) => (there ? questions : undefined));

  expect(await Promise.all([ask('a'), ask('b')])).toEqual([undefined, undefined]);
  there = true;
  expect(await ask('a')).toBe('a');
});

it('fails for all who asked together, and for nobody after them', async () => {
  let broken = true;
  const ask = gathering(async (questions) => {
    if (broken) throw new Error('broken');
    return questions;
  });
  const results = await Promise.allSettled([ask('a'), ask('b')]);
  broken = false;

  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await ask('a')).toBe('a');
});
