// What functions cost while no client asks: pollers, environments that are kept ready, polls of empty queues.
import type { Line } from '../line.ts';
import { HOURS } from '../price.ts';
import { prices } from '../prices.ts';
import { ofType, type Resource } from '../resource.ts';

/** Of one event source mapping, before another unit is billed. */
const POLLERS_A_UNIT = 10;

/** Of one queue: Lambda begins with five, and each asks again after the 20 s of a long poll. */
const QUEUE_POLLERS = 5;
const POLLS_A_MINUTE = 3;

const MINUTES = HOURS * 60;

export function pollers(mappings: readonly Resource[]): Line[] {
  const units = mappings.reduce((sum, { properties }) => {
    const minimum = properties.ProvisionedPollerConfig?.MinimumPollers;
    return sum + (minimum === undefined ? 0 : Math.ceil(Number(minimum) / POLLERS_A_UNIT));
  }, 0);
  return units === 0
    ? []
    : [{ what: 'event poller units of Kafka', quantities: [{ n: units }, { n: HOURS, of: 'h' }], price: prices.eventPollerUnit }];
}

/** Every event source mapping of a queue polls it, empty or not. */
export function polls(resources: readonly Resource[]): Line[] {
  const queues = ofType(resources, 'AWS::SQS::Queue');
  const polled = ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap(({ stack, properties }) => {
    const id = properties.EventSourceArn?.['Fn::GetAtt']?.[0];
    return queues.filter((queue) => queue.stack === stack && queue.id === id);
  });
  const line = (fifo: boolean): Line => ({
    what: `polls of empty ${fifo ? 'FIFO' : 'standard'} queues`,
    quantities: [
      { n: polled.filter(({ properties }) => (properties.FifoQueue === true) === fifo).length },
      { n: QUEUE_POLLERS },
      { n: POLLS_A_MINUTE },
      { n: MINUTES / 1_000_000, of: 'million minutes' },
    ],
    price: fifo ? prices.fifoRequest : prices.queueRequest,
  });
  return [line(true), line(false)];
}

export function provisioned(aliases: readonly Resource[], functions: readonly Resource[]): Line[] {
  return aliases.flatMap(({ stack, properties }) => {
    const n = properties.ProvisionedConcurrencyConfig?.ProvisionedConcurrentExecutions;
    if (n === undefined) return [];
    const of = functions.find(({ id, stack: its }) => its === stack && id === properties.FunctionName?.Ref);
    const memory = Number(of?.properties.MemorySize ?? 0) / 1024;
    return [
      {
        what: `environments kept ready, ${of?.properties.FunctionName ?? of?.id}`,
        quantities: [{ n: Number(n) }, { n: HOURS * 3600, of: 's' }, { n: memory, of: 'GB' }],
        price: prices.lambdaProvisioned,
      },
    ];
  });
}

const MINUTES_OF = { minute: 1, hour: 60, day: 1440 } as const;

/** `rate(15 minutes)` → 2,920. Rules without a schedule wait for events. */
export function runsAMonth(expression: unknown): number {
  if (expression === undefined) return 0;
  const [, n, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(expression)) ?? [];
  if (n === undefined || unit === undefined) throw new Error(`Say in scripts/docs/costs/fixed/functions.ts how often ${expression} runs`);
  return MINUTES / (Number(n) * MINUTES_OF[unit as keyof typeof MINUTES_OF]);
}
