// What runs of schedules cost: functions that look for work, and the cats' synchroniser, which asks its upstream each time.
import type { Line } from '../line.ts';
import { prices } from '../prices.ts';
import { ofType, type Resource } from '../resource.ts';
import { CALLS, RUN_BYTES, RUN_SECONDS } from '../synchroniser.ts';
import { LOG_BYTES } from '../usage.ts';
import { runsAMonth } from './functions.ts';

/** Assumed: longer than what a run has to do that finds nothing, an empty look at two tables. */
export const IDLE_RUN_SECONDS = 1;
/** Assumed, of the stub that stands in for the upstream: it answers a constant. */
const STUB_SECONDS = 0.01;
/** Assumed: START, END and REPORT, and what a run tells of itself. */
export const RUN_LOG_BYTES = 1_000;

interface Runs {
  readonly n: number;
  readonly entry: string;
  readonly gb: number;
}

/** Runs of a month by the function that they wake, directly or by its alias. */
function runsOf(resources: readonly Resource[]): Runs[] {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  const idOf = (reference: Record<string, string | string[]>): string | undefined =>
    [reference.Ref ?? reference['Fn::GetAtt'] ?? []].flat()[0];
  return ofType(resources, 'AWS::Events::Rule').flatMap(({ id, stack, properties }) => {
    const n = runsAMonth(properties.ScheduleExpression);
    if (n === 0) return [];
    const target = idOf(properties.Targets[0].Arn);
    const alias = resources.find((each) => each.stack === stack && each.type === 'AWS::Lambda::Alias' && each.id === target);
    const name = alias ? idOf(alias.properties.FunctionName) : target;
    const found = functions.find((each) => each.stack === stack && each.id === name);
    if (!found) throw new Error(`No function is woken by ${id}`);
    return [{ n, entry: String(found.properties.FunctionName), gb: Number(found.properties.MemorySize) / 1024 }];
  });
}

const isSynchroniser = ({ entry }: Runs) => entry.endsWith('-cats-sync');
const sum = (some: readonly Runs[]) => some.reduce((all, { n }) => all + n, 0);

/** Of the synchroniser in a month. */
export const synchroniserRuns = (resources: readonly Resource[]): number => sum(runsOf(resources).filter(isSynchroniser));

/** The function that stands in for the upstream, in stages that have one. */
export const stubOf = (resources: readonly Resource[]): Resource | undefined =>
  ofType(resources, 'AWS::Lambda::Function').find(({ properties }) => String(properties.FunctionName).endsWith('-cats-upstream-stub'));

export function schedules(resources: readonly Resource[]): Line[] {
  const runs = runsOf(resources);
  const synchronised = sum(runs.filter(isSynchroniser));
  const duration = (what: string, some: readonly Runs[], seconds: number): Line[] =>
    [...Map.groupBy(some, ({ gb }) => gb)].map(([gb, same]) => ({
      what,
      quantities: [
        { n: sum(same), of: 'runs' },
        { n: seconds, of: 's' },
        { n: gb, of: 'GB' },
      ],
      price: prices.lambdaArm,
    }));
  return [
    { what: 'runs of schedules', quantities: [{ n: sum(runs) / 1e6, of: 'million' }], price: prices.lambdaRequest },
    ...duration(
      'their duration, most of them',
      runs.filter((some) => !isSynchroniser(some)),
      IDLE_RUN_SECONDS,
    ),
    ...duration('their duration, the synchroniser', runs.filter(isSynchroniser), RUN_SECONDS),
    { what: 'their logs', quantities: [{ n: (sum(runs) * RUN_LOG_BYTES) / 1e9, of: 'GB' }], price: prices.logs },
    { what: 'secrets that the synchroniser reads', quantities: [{ n: synchronised / 1e6, of: 'million' }], price: prices.secretCall },
    // Through a NAT instance bytes cost nothing.
    ...(ofType(resources, 'AWS::EC2::NatGateway').length > 0
      ? [
          {
            what: 'NAT gateway, the synchroniser’s upstream',
            quantities: [{ n: synchronised }, { n: RUN_BYTES / 1e9, of: 'GB' }],
            price: prices.natGatewayData,
          },
        ]
      : []),
    ...stub(resources, synchronised),
  ];
}

function stub(resources: readonly Resource[], synchronised: number): Line[] {
  const found = stubOf(resources);
  if (!found) return [];
  const calls = { n: (synchronised * CALLS) / 1e6, of: 'million' };
  return [
    { what: 'calls of the upstream’s stub', quantities: [calls], price: prices.lambdaRequest },
    {
      what: 'their duration',
      quantities: [{ n: synchronised * CALLS }, { n: STUB_SECONDS, of: 's' }, { n: Number(found.properties.MemorySize) / 1024, of: 'GB' }],
      price: prices.lambdaArm,
    },
    { what: 'their logs', quantities: [{ n: (synchronised * CALLS * LOG_BYTES) / 1e9, of: 'GB' }], price: prices.logs },
  ];
}
