// The state of all queues in one sentence. It has no numbers, so that it changes, and is read aloud, only when something has changed.
import type { Condition } from '../../frame/icon.ts';
import type { Report } from './contract.ts';

export interface Verdict {
  readonly condition: Condition;
  readonly sentence: string;
}

export function verdict(report: Report | undefined, isReachable: boolean, asksForKey: boolean): Verdict {
  if (asksForKey) return { condition: 'unknown', sentence: 'The workers are behind the API key' };
  if (!isReachable) return { condition: 'unknown', sentence: 'The workers cannot be asked' };
  if (report === undefined) return { condition: 'unknown', sentence: 'Asking for the first time' };
  const dead = report.queues.filter(({ deadLetters }) => (deadLetters ?? 0) > 0).map(({ name }) => name);
  if (dead.length > 0) return { condition: 'down', sentence: `There are dead letters in ${new Intl.ListFormat('en').format(dead)}` };
  if (report.problems.length > 0) return { condition: 'unknown', sentence: 'Not everything can be seen now' };
  const isBusy = report.queues.some(({ waiting, inFlight }) => (waiting ?? 0) + (inFlight ?? 0) > 0);
  return { condition: 'up', sentence: isBusy ? 'Work is being done' : 'Nothing is waiting' };
}
