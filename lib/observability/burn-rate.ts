// Alarms on how fast an objective's error budget is used up: several windows, each with a short one that says it is still so.
// Google, The Site Reliability Workbook, chapter 5, "6: Multiwindow, Multi-Burn-Rate Alerts".
import { Duration } from 'aws-cdk-lib';
import { type Alarm, AlarmRule, AlarmState, CompositeAlarm, type IAlarmRule, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarm, alarmName, description } from '../constructs/alarm.ts';
import type { Objective } from './objectives.ts';

export interface Window {
  /** Times the rate that uses up the budget in just 30 days. */
  readonly rate: number;
  readonly long: Duration;
  /** A twelfth of the long one: bad now, not only some time ago. */
  readonly short: Duration;
  /** Which of an objective's two alarms speaks for it. */
  readonly speed: Speed;
}

/**
 * Somebody is called for what is fast, and reads of what is slow on the next working day. An alarm acts only when it begins: were there one for both,
 * a slow burn that rings already would leave a total failure unheard.
 */
export const speeds = ['fast', 'slow'] as const;
export type Speed = (typeof speeds)[number];

/** 14.4 for an hour is 2 % of the budget of 30 days (720 h), 6 for six hours 5 %, 3 for a day 10 %. */
export const windows: readonly Window[] = [
  { rate: 14.4, long: Duration.hours(1), short: Duration.minutes(5), speed: 'fast' },
  { rate: 6, long: Duration.hours(6), short: Duration.minutes(30), speed: 'fast' },
  { rate: 3, long: Duration.hours(24), short: Duration.hours(2), speed: 'slow' },
];

/** Fewer events in the long window say nothing. */
const FEWEST_EVENTS = 50;
/** And so many bad ones wake nobody: one error among ten at night would be a hundred times the rate. */
const FEW_BAD = 2;

/** Of the long window, at a share of bad ones that is too much. */
export const fewestEvents = (threshold: number): number => Math.max(FEWEST_EVENTS, Math.ceil(FEW_BAD / threshold));

/** `1h`, `5m`. */
export const shortly = (duration: Duration): string => (duration.toMinutes() < 60 ? `${duration.toMinutes()}m` : `${duration.toHours()}h`);

/** Two alarms that speak for six silent ones. */
export function watchObjective(scope: Construct, objective: Objective, alarms: ITopic): void {
  for (const speed of speeds) {
    const rows = windows.filter((window) => window.speed === speed);
    const name = `${objective.name}-objective-${speed}`;
    const speaking = new CompositeAlarm(scope, name, {
      compositeAlarmName: alarmName(scope, name),
      alarmDescription: description({
        what: `Within ${rows.map(({ long }) => shortly(long)).join(' or ')} too much was used up of the ${percent(1 - objective.target)} % that may be bad in 30 days: ${objective.what}`,
        impact: objective.impact,
        runbook: 'objective',
      }),
      alarmRule: AlarmRule.anyOf(...rows.map((row) => burning(scope, objective, row))),
    });
    speaking.addAlarmAction(new SnsAction(alarms));
    speaking.addOkAction(new SnsAction(alarms));
  }
}

function burning(scope: Construct, objective: Objective, window: Window): IAlarmRule {
  const both = [window.long, window.short].map((length) => burn(scope, objective, { ...window, length, isLong: length === window.long }));
  return AlarmRule.allOf(...both.map((child) => AlarmRule.fromAlarm(child, AlarmState.ALARM)));
}

/** Without the noise of binary fractions. */
export const percent = (share: number): number => Number((share * 100).toFixed(6));

function burn(
  scope: Construct,
  { name, what, impact, target, bad, events }: Objective,
  { rate, length, isLong }: { readonly rate: number; readonly length: Duration; readonly isLong: boolean },
): Alarm {
  const threshold = Number((rate * (1 - target)).toFixed(6));
  const share = bad(length);
  return alarm(scope, `${name}-${rate}-${shortly(length)}`, {
    name: `${name}-burn-${rate}x-${shortly(length)}`,
    what: `In ${shortly(length)} more than ${percent(threshold)} % were bad, ${rate} times the rate of the objective: ${what}`,
    impact,
    runbook: 'objective',
    metric: isLong
      ? new MathExpression({
          expression: `IF(events >= ${fewestEvents(threshold)}, bad, 0)`,
          usingMetrics: { events: events(length), bad: share },
          label: 'bad',
          period: length,
        })
      : share,
    threshold,
  });
}
