// What it costs to look at the application: scrapes of `/metrics`, and the page of workers. Each asks other services of AWS.
import { type Line, money, number, total } from './line.ts';
import type { Measured } from './measured.ts';
import type { Place } from './place.ts';
import { HOURS } from './price.ts';
import { prices } from './prices.ts';
import type { SystemCost } from './systems.ts';
import { CALL_BYTES, each, gigabytes, invoke, MILLION, rest, toQueues } from './usage.ts';

/** Assumed: the text of all systems, with some thirty routes that are asked; and the report of the page. */
const SCRAPE_BYTES = 40_000;
const REPORT_BYTES = 5_000;
/** As functions/workers/measurements.ts asks: its lag, and the age of that. */
const METRICS_OF_A_TOPIC = 2;
/** Lengths are read first, then ages. */
const LOOKS = 2;
const SCRAPE_SECONDS = 15;
/** Of web/pages/workers/use-report.ts, while somebody sees the page. */
const PAGE_SECONDS = 2;

/** Queues and their dead letters are asked for their lengths, topics for their dead letters. What is empty is not asked for its age. */
function look(place: Place): Line[] {
  const { queues, topics } = place.watched;
  const lengths = 2 * queues + topics;
  return [
    ...each('lengths of queues, at the price of FIFO', lengths, prices.fifoRequest),
    ...toQueues(place, lengths),
    ...each('metrics of the topic', METRICS_OF_A_TOPIC * topics, prices.metricRead),
  ];
}

const throughNat = (what: string, calls: number): Line => ({
  what: `NAT gateway, ${what}`,
  quantities: [gigabytes(calls, CALL_BYTES)],
  price: prices.natGatewayData,
});

export function scrape(place: Place, { lookup: processorMs }: Measured): SystemCost {
  const { collectors } = place;
  return {
    title: 'Scrape: GET /metrics',
    story:
      `\`metrics/api\` asks ${collectors.length} functions for their gauges, of which \`workers/api\` asks SQS for lengths and CloudWatch for ages. Each queue that holds something is a metric more: ${money(prices.metricRead.usd)} USD a million. ` +
      `Tables are assumed to be small, and an answer to have ${number(SCRAPE_BYTES)} bytes.`,
    lines: [
      ...rest(place, SCRAPE_BYTES),
      ...invoke(place, [
        { entry: 'metrics/api', times: 1, processorMs, roundTrips: 1 + LOOKS },
        ...collectors.map((entry) => ({ entry, times: 1, processorMs, roundTrips: entry === 'workers/api' ? LOOKS : 1 })),
      ]),
      ...look(place),
      throughNat('calls of Lambda and CloudWatch', collectors.length + 1),
    ],
  };
}

const report = (place: Place, { lookup: processorMs }: Measured): Line[] => [
  ...rest(place, REPORT_BYTES),
  ...invoke(place, [{ entry: 'workers/api', times: 1, processorMs, roundTrips: LOOKS }]),
  ...look(place),
  throughNat('calls of CloudWatch', 1),
];

/** What that is in hours and months. */
export function rhythms(place: Place, measured: Measured): string {
  const ofOne = (lines: readonly Line[]): number => total(lines).usd / MILLION;
  const [aScrape, aReport] = [ofOne(scrape(place, measured).lines), ofOne(report(place, measured))];
  const scrapes = (HOURS * 3600) / SCRAPE_SECONDS;
  const looks = 3600 / PAGE_SECONDS;
  return (
    `A Prometheus that scrapes every ${SCRAPE_SECONDS} s does so ${number(scrapes)} times a month: ${money(scrapes * aScrape)} USD. ` +
    `The page \`/workers\` asks every ${PAGE_SECONDS} s while somebody sees it, ${number(looks)} times an hour at ${money(aReport * MILLION)} USD a million: ${money(looks * aReport)} USD an hour, and ${money(looks * HOURS * aReport)} USD for a screen that shows it all month.`
  );
}
