// What is watched of every function: that it fails, is refused, or comes near its time-out.
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { alarm } from './alarm.ts';

export interface WatchedFunction {
  /** `pictures/api`. */
  readonly entry: string;
  readonly timeout: Duration;
  /** Who suffers how when it fails. */
  readonly impact: string;
  readonly alarms: ITopic;
  /** An emulator measures no percentiles. */
  readonly emulated: boolean;
}

/** Of its time-out: what the slowest hundredth may take for a quarter of an hour. */
const NEAR_TIMEOUT = 0.8;

export function watchFunction(fn: IFunction, { entry, timeout, impact, alarms, emulated }: WatchedFunction): void {
  const name = entry.replaceAll('/', '-');
  const period = Duration.minutes(5);
  alarm(fn, 'Failing', {
    name: `${name}-errors`,
    what: `${entry} throws, runs out of time or out of memory`,
    impact,
    runbook: 'function-errors',
    metric: fn.metricErrors({ statistic: 'Sum', period }),
    alarms,
  });
  alarm(fn, 'Throttled', {
    name: `${name}-throttles`,
    what: `${entry} is not run, because too many environments run already`,
    impact,
    runbook: 'function-throttles',
    metric: fn.metricThrottles({ statistic: 'Sum', period }),
    alarms,
  });
  if (emulated) return;
  const limit = timeout.toMilliseconds() * NEAR_TIMEOUT;
  alarm(fn, 'Slow', {
    name: `${name}-duration`,
    what: `The slowest hundredth of ${entry} takes more than ${limit / 1000} s of its ${timeout.toSeconds()} s`,
    impact: `soon it runs out of time: ${impact}`,
    runbook: 'function-duration',
    metric: fn.metricDuration({ statistic: 'p99', period }),
    threshold: limit,
    periods: 3,
    alarms,
  });
}
