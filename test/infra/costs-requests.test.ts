// What docs/costs.md asks for that is not in a template alone: bodies on their way in, what work waits for and writes, and how many functions are released.
import { expect, test } from 'vitest';
import { assumed } from '../../bench/simulate/pictures.ts';
import { canaryComparison } from '../../scripts/docs/costs/comparisons/functions.ts';
import { fixedCosts } from '../../scripts/docs/costs/fixed.ts';
import { costedStages, measurements } from '../../scripts/docs/costs/input.ts';
import { arithmetic, type Line, usdOf } from '../../scripts/docs/costs/line.ts';
import { messages, paces } from '../../scripts/docs/costs/messages.ts';
import { rhythms, scrape } from '../../scripts/docs/costs/observing.ts';
import { placeOf } from '../../scripts/docs/costs/place.ts';
import { ofType } from '../../scripts/docs/costs/resource.ts';
import { find, pictures } from '../../scripts/docs/costs/systems.ts';
import { resourcesOfStage } from './costed-resources.ts';

const stages = costedStages(resourcesOfStage);
const { measured, ownMetrics } = measurements();
const place = placeOf(stages.prod);
const uploads = (lines: readonly Line[]) => lines.filter(({ what }) => what === 'requests to the origin');

test('a million pictures are as many bytes on their way in as the bench sends, with their headers; what is only asked for is none', () => {
  const [upload] = uploads(pictures(place, measured, 'sqs').lines);

  expect(upload && usdOf(upload)).toBeCloseTo((measured.pictureBody * 1_000 + 1) * 0.02);
  expect(uploads(messages(place, measured, 1, { title: '', batch: 1 }).lines).map(arithmetic)).toEqual(['1.12 GB × 0.02 USD/GB']);
  expect(uploads(find(place, measured).lines)).toEqual([]);
});

test('a release is a run for each function that has a deployment group', () => {
  const groups = ofType(stages.prod, 'AWS::CodeDeploy::DeploymentGroup').length;

  expect(groups).toBeGreaterThan(10);
  expect(canaryComparison(place).join('\n')).toContain(`${groups} × 2 × 1 s × 0.5 GB`);
});

test('logs of brokers and of refused connections, and snapshots of the cache, are in the fixed costs of stages that have them', () => {
  const texts = Object.values(stages).map((resources) =>
    fixedCosts(resources, ownMetrics).flatMap((line) => (/brokers$|flow logs|snapshots/.test(line.what) ? [line.what] : [])),
  );

  expect(texts).toEqual([
    ['storage of the brokers', 'logs of the brokers'],
    ['its snapshots, when it is full', 'storage of the brokers', 'logs of the brokers', 'flow logs'],
    [],
  ]);
});

/** Arithmetic of the lines whose names begin so. */
const lines = (all: readonly Line[], what: string) => all.filter((line) => line.what.startsWith(what)).map(arithmetic);

test('each announcement moves the stream; a batch of receipts only looks where it is', () => {
  const position = paces.map((pace) => lines(messages(place, measured, 1, pace).lines, 'DynamoDB'));

  expect(position).toEqual([
    ['1 million × 0.625 USD/million', '1 million × 0.125 USD/million'],
    ['0.1 million × 0.625 USD/million', '0.01 million × 0.125 USD/million'],
  ]);
});

test('a post to a listener carries 2,000 bytes besides its frame', () => {
  // Two frames of an event of 350 bytes each.
  expect(lines(messages(place, measured, 1, { title: '', batch: 1 }).lines, 'NAT gateway')).toEqual(['4.7 GB × 0.045 USD/GB']);
});

test('a picture waits as long as the simulation of docs/scale.md has it wait, and its consumer writes a line more', () => {
  const picture = pictures(place, measured, 'kafka').lines;
  const seconds = (measured.picture + assumed.readMs + assumed.databaseMs + assumed.writeMs) / 1000;

  expect(lines(picture, '`pictures/consumer`')).toEqual([`1,000,000 × ${seconds} s × 2.938 GB × 0.0000133334 USD/GB-s`]);
  expect(lines(picture, 'logs of the invocations')).toEqual(['1.8 GB × 0.5 USD/GB']);
});

test('a scrape asks for the topic of prod and for every queue, which minimal has without a topic', () => {
  const asked = (of: typeof place) =>
    ['lengths of queues', 'metrics of the topic'].flatMap((what) => lines(scrape(of, measured).lines, what));

  expect(asked(place)).toEqual(['7 million × 0.5 USD/million', '2 million × 10 USD/million']);
  expect(asked(placeOf(stages.minimal))).toEqual(['8 million × 0.5 USD/million']);
  expect(place.collectors).toEqual(['pictures/api', 'orders/api', 'cats/api', 'workers/api']);
  expect(rhythms(place, measured)).toContain('every 2 s while somebody sees it, 1,800 times an hour');
});
