// Translates EventBridge's schedule expressions (E1, E2).
import { Cron } from 'croner';

export interface Schedule {
  /** The first firing after `after`; undefined when there is none any more. */
  next(after: Date): Date | undefined;
}

/**
 * @param created time from which a rate counts (E1)
 * @throws with a sentence when the expression is not EventBridge's
 */
export function parseSchedule(expression: string, created: Date): Schedule {
  const [, kind, inner] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return rate(inner ?? '', created);
  if (kind === 'cron') return cron(inner ?? '');
  throw new Error(`ScheduleExpression ${expression} must be rate(value unit) or cron(six fields).`);
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function rate(inner: string, created: Date): Schedule {
  const [, count, unit, plural] = /^(\d+) (minute|hour|day)(s?)$/.exec(inner) ?? [];
  const value = Number(count);
  const unitMs = UNIT_MS[unit ?? ''];
  if (!value || !unitMs) throw new Error(`rate(${inner}) must be a number above 0 and minutes, hours or days.`);
  if ((value === 1) !== (plural === '')) throw new Error(`rate(${inner}): the unit is singular for 1 and plural for all else.`);
  const period = value * unitMs;
  return { next: (after) => new Date(created.getTime() + (Math.floor((after.getTime() - created.getTime()) / period) + 1) * period) };
}

const LAST_OF_FIELD = [59, 23, 31, 12, 7, 2199];

function cron(inner: string): Schedule {
  const fields = inner.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${inner}) must have six fields: minutes hours day-of-month month day-of-week year.`);
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error(`cron(${inner}): exactly one of day-of-month and day-of-week must be "?".`);
  }
  const [minute, hour, dom, month, dow, year] = fields.map((field, index) => (field === '?' ? '*' : steps(field, index)));
  try {
    const pattern = `0 ${minute} ${hour} ${dom} ${month} ${dow === 'L' ? '7' : dow} ${year}`;
    const job = new Cron(pattern, { mode: '7-part', timezone: 'UTC', alternativeWeekdays: true, paused: true });
    return { next: (after) => job.nextRun(after) ?? undefined };
  } catch (error) {
    throw new Error(`cron(${inner}) is not understood here: ${(error as Error).message}`, { cause: error });
  }
}

/** EventBridge's `5/15` counts from 5 to the end of the field; the parser wants the end said. */
const steps = (field: string, index: number): string => field.replaceAll(/(^|,)(\d+)\//g, `$1$2-${LAST_OF_FIELD[index]}/`);
