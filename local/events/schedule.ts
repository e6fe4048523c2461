// Fires a rule's targets by its schedule (E1–E4).
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LambdaFunction } from '../lambda/registry.ts';
import type { Log } from '../log.ts';
import { parseSchedule } from './cron.ts';
import type { Rule } from './rules.ts';
import { messageOf } from './stats.ts';

export interface ScheduleTarget {
  readonly fn: LambdaFunction;
  /** JSON text that replaces the event (E3). */
  readonly input?: string;
}

export interface ScheduledRuleOptions {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly scheduleExpression: string;
  readonly enabled: boolean;
  readonly targets: readonly ScheduleTarget[];
  readonly account: string;
  readonly region: string;
  /** Seconds of AWS per second here. */
  readonly timeScale: number;
  readonly log: Log;
}

/** Timers of Node hold 31 bits of milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The rule's clock runs `timeScale` times as fast as ours and starts at its creation, so that cron and rate shrink alike and an event's
 * time is the one that its schedule named.
 */
export function startSchedule(options: ScheduledRuleOptions): Rule & { stop(): void } {
  const { name, arn, description, scheduleExpression, targets, timeScale, log } = options;
  const created = Date.now();
  const now = () => new Date(created + (Date.now() - created) * timeScale);
  const schedule = parseSchedule(scheduleExpression, new Date(created));
  let running: AbortController | undefined;

  const fire = async (time: Date) => {
    const event = JSON.stringify(scheduledEvent(options, time));
    await Promise.all(targets.map(({ fn, input }) => fn.invokeAsync(input ?? event)));
  };

  const run = async (signal: AbortSignal) => {
    for (let due = schedule.next(now()); due && !signal.aborted; due = schedule.next(due)) {
      for (let left = wait(due); left > 0 && !signal.aborted; left = wait(due)) {
        await delay(Math.min(left, LONGEST_TIMER_MS), undefined, { signal, ref: false }).catch(() => undefined);
      }
      if (!signal.aborted)
        await fire(due).catch((error) => log('error', `rule ${name}`, `a target did not take the event: ${messageOf(error)}`));
    }
  };
  const wait = (due: Date) => (due.getTime() - now().getTime()) / timeScale;

  const enable = () => {
    if (running) return;
    running = new AbortController();
    void run(running.signal);
  };
  const disable = () => {
    running?.abort();
    running = undefined;
  };
  if (options.enabled) enable();
  return {
    name,
    arn,
    scheduleExpression,
    ...(description && { description }),
    get state() {
      return running ? 'ENABLED' : 'DISABLED';
    },
    enable,
    disable,
    stop: disable,
  };
}

/** E3. Seconds, as EventBridge writes its times. */
export function scheduledEvent({ account, region, arn }: Pick<ScheduledRuleOptions, 'account' | 'region' | 'arn'>, time: Date) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account,
    time: `${time.toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {},
  };
}
