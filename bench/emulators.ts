// The same application on the embedded host, on LocalStack and on MiniStack: what a request, a start, memory and a change cost on each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Candidate, candidates } from './emulators/candidates.ts';
import { copyCheckout } from './emulators/copy.ts';
import { CLIENTS, type Figures, measure, ROUTES, type RouteName } from './emulators/measure.ts';
import { publish } from './results.ts';
import { median, milliseconds, percentile, perSecond, seconds } from './statistics.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '200' }, seconds: { type: 'string', default: '6' } },
});
const length = { requests: Number(values.requests), seconds: Number(values.seconds) };

interface Row extends Figures {
  readonly candidate: Candidate;
  readonly startSeconds: number;
  readonly steps: string;
}

const folder = mkdtempSync(join(tmpdir(), 'stackyard-emulators-'));
const rows: Row[] = [];
try {
  // One after the other: an emulator with its servers is not quite idle when nothing happens.
  for (const [index, candidate] of candidates.entries()) {
    const root = join(folder, `checkout-${index}`);
    copyCheckout(root);
    const running = await candidate.start(root, join(folder, `data-${index}`));
    try {
      const { startSeconds, steps } = running;
      rows.push({ candidate, startSeconds, steps, ...(await measure(running, root, length)) });
    } finally {
      await running.stop();
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
const requestRow = (name: RouteName) => (row: Row) => {
  const { times, rate } = row.routes[name];
  return [
    `${row.candidate.name}, ${name}`,
    milliseconds(median(times)),
    milliseconds(percentile(times, 0.99)),
    perSecond(rate),
    '',
    '',
    '',
  ];
};
const wholeRow = ({ candidate, startSeconds, held, changeSeconds }: Row) => [
  `${candidate.name}, whole`,
  '',
  '',
  '',
  seconds(startSeconds),
  `${megabytes(held.rss)}, ${megabytes(held.pss)} in ${held.processes} ${held.processes === 1 ? 'process' : 'processes'}`,
  seconds(changeSeconds),
];

/** `The embedded host beside LocalStack 4.14.0: GET /healthz p50 1/38, rate 114 x; …` */
function against([host, ...others]: readonly Row[]): string[] {
  if (!host) return [];
  const ratio = (own: number, theirs: number) =>
    own < theirs ? `1/${(theirs / own).toFixed(theirs < 10 * own ? 1 : 0)}` : `${(own / theirs).toFixed(own < 10 * theirs ? 1 : 0)} x`;
  return others.map((other) => {
    const routes = ROUTES.map((name) => {
      const [own, theirs] = [host.routes[name], other.routes[name]];
      return `${name} p50 ${ratio(median(own.times), median(theirs.times))}, rate ${ratio(own.rate, theirs.rate)}`;
    });
    const whole = [
      `start ${ratio(host.startSeconds, other.startSeconds)}`,
      `memory (PSS) ${ratio(host.held.pss, other.held.pss)}`,
      `changed handler ${ratio(host.changeSeconds, other.changeSeconds)}`,
    ];
    return `The ${host.candidate.name} beside ${other.candidate.name}: ${[...routes, whole.join(', ')].join('; ')}.`;
  });
}

publish('emulators', {
  title: 'The embedded host, LocalStack and MiniStack',
  method: `\`node bench/emulators.ts\`. The same sources, one target after the other, each on new data with MariaDB, Redis and Kafka, programs installed and sources synthesized before. Requests go to the one address of a person: on the emulators through the gateway and their REST API. Latency: one client, ${length.requests} requests after some to warm up. Rate: ${CLIENTS} clients for ${length.seconds} s, once each of them had its answers; environments take one event at a time on the emulators, ${CLIENTS} on the embedded host. Start: from the command to the first answer, deployment included. Memory: after the load, of what stands in for AWS with functions and gateway; MariaDB, Redis and Kafka are not counted, the emulators' own DynamoDB is. Changed handler: from the edit of one file to the first answer of the new code, by ${candidates.map(({ name, how }) => `${how} (${name})`).join(', ')}.`,
  columns: ['target', 'p50', 'p99', `rate, ${CLIENTS} clients`, 'start', 'RSS, PSS', 'changed handler'],
  rows: [...ROUTES.flatMap((name) => rows.map(requestRow(name))), ...rows.map(wholeRow)],
  findings: [
    ...against(rows),
    ...rows.filter(({ steps }) => steps !== '').map(({ candidate, steps }) => `The start of ${candidate.name}: ${steps}.`),
  ],
});
