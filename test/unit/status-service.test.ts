// How the state of the three layers is asked for, shared and told.
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../functions/status/probe.ts';
import { type Ask, asBooleans, asHealth, statusService } from '../../functions/status/service.ts';

const START = Date.parse('2026-03-29T12:00:00.000Z');
const up = async (): Promise<Outcome> => ({ up: true, milliseconds: 1.5 });
const down = async (): Promise<Outcome> => ({ up: false, milliseconds: 700 });

function service(changes: Partial<Record<'Database' | 'Cache' | 'Messaging', Ask>> = {}) {
  const time = { now: START };
  let asked = 0;
  const counted = (ask: Ask): Ask => {
    return () => {
      asked++;
      return ask();
    };
  };
  const layers = { Database: counted(up), Cache: up, Messaging: up, ...changes };
  return { time, asked: () => asked, report: statusService(layers, () => new Date(time.now)) };
}

describe('a report', () => {
  it('asks all layers at the same time', async () => {
    const waiting: (() => void)[] = [];
    const held: Ask = () => new Promise((resolve) => waiting.push(() => resolve({ up: true, milliseconds: 1 })));
    const { report } = service({ Database: held, Cache: held, Messaging: held });

    const asked = report();

    expect(waiting).toHaveLength(3);
    for (const answer of waiting) answer();
    expect(asBooleans(await asked)).toEqual({ Database: true, Cache: true, Messaging: true });
  });

  it('is shared by all who come while it is made and within a second', async () => {
    const { report, asked, time } = service();
    const reports = [report(), report()];
    time.now += 999;
    reports.push(report());

    expect(new Set(await Promise.all(reports)).size).toBe(1);
    expect(asked()).toBe(1);
  });

  it('is made anew after a second', async () => {
    const { report, asked, time } = service();
    const first = await report();
    time.now += 1_000;

    expect((await report()).at.getTime() - first.at.getTime()).toBe(1_000);
    expect(asked()).toBe(2);
  });
});

describe('is told', () => {
  it('as one boolean a layer, each its own', async () => {
    expect(JSON.stringify(asBooleans(await service({ Cache: down }).report()))).toBe('{"Database":true,"Cache":false,"Messaging":true}');
    expect(asBooleans(await service({ Database: down, Messaging: down }).report())).toEqual({
      Database: false,
      Cache: true,
      Messaging: false,
    });
  });

  it('as a health document that passes only when every layer is up', async () => {
    const healthy = asHealth(await service().report(), 'kafka');
    const ill = asHealth(await service({ Messaging: down }).report(), 'sqs');

    expect(healthy).toEqual({
      status: 'pass',
      checks: {
        'database:responseTime': [check('datastore', 'pass', 1.5)],
        'cache:responseTime': [check('datastore', 'pass', 1.5)],
        'messaging:responseTime': [{ ...check('component', 'pass', 1.5), output: 'transport: kafka' }],
      },
    });
    expect(ill).toMatchObject({ status: 'fail', checks: { 'messaging:responseTime': [{ status: 'fail', observedValue: 700 }] } });
  });

  const check = (componentType: string, status: string, observedValue: number) => ({
    componentType,
    observedValue,
    observedUnit: 'ms',
    status,
    time: '2026-03-29T12:00:00.000Z',
  });
});
