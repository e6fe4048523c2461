// What requests cost.
import { linesTable, money, number, table, total } from './line.ts';
import type { Measured } from './measured.ts';
import { messages, paces } from './messages.ts';
import { rhythms, scrape } from './observing.ts';
import type { Place } from './place.ts';
import { prices } from './prices.ts';
import { breeds, checkout, find, pictures, type SystemCost, status } from './systems.ts';
import {
  ACCESS_LOG_BYTES,
  ANSWER_BYTES,
  CALL_BYTES,
  HEADER_BYTES,
  LOG_BYTES,
  MEMORY_OF_A_PROCESSOR,
  METRICS_BYTES,
  POST_BYTES,
  ROUND_TRIP_MS,
} from './usage.ts';

const LISTENERS = [1, 10, 100];

const assumptions = (place: Place, measured: Measured): string[] => [
  `A function's time is its processor time from [bench/results.md](../bench/results.md), measured on the embedded host, × ${MEMORY_OF_A_PROCESSOR} MB ÷ its memory ` +
    `(Lambda gives [a whole processor at ${MEMORY_OF_A_PROCESSOR} MB](https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html)), and ${ROUND_TRIP_MS} ms for each round trip to a neighbour, which is assumed, as are ` +
    `${LOG_BYTES} bytes of log an invocation and ${METRICS_BYTES} more where it writes a metric, ${ACCESS_LOG_BYTES} a line of the access log, ${ANSWER_BYTES} bytes an answer, ${HEADER_BYTES} of headers in front of a body that is uploaded, ${CALL_BYTES} bytes an API call by AWS's SDK, and ${POST_BYTES} a post to a listener besides its frame (half of it the security token that a function signs with). **Lambda's times will differ.** It matters little: 10 ms more at 512 MB are ` +
    `1,000,000 × 0.01 s × 0.5 GB × ${prices.lambdaArm.usd} = ${money(1e6 * 0.01 * 0.5 * prices.lambdaArm.usd)} USD a million.`,
  '',
  `Not in these figures: environments that start cold (their start is billed as duration, and each reads a secret: ${prices.secretCall.usd} USD a million), transfer between zones (0.01 USD/GB each way), backups and versions, Insights queries, traces (they go to a collector of yours), lines that CloudFront writes into its bucket, retries, refusals, requests of headers only on their way to the origin, ` +
    `functions of CloudFront, which run for pages and for \`/api/{id}/image\` (${prices.edgeFunction.usd} USD a million each), and logs at rest: ${atRest(place, measured)}`,
  '',
  ...elsewhere(measured),
];

/** What is written is kept for as long as the stage keeps logs. CloudWatch compresses it, and bills what is left. */
function atRest(place: Place, measured: Measured): string {
  const written = find(place, measured).lines.filter(({ price }) => price === prices.logs);
  const gb = written.reduce((sum, { quantities }) => sum + quantities.reduce((product, { n }) => product * n, 1), 0);
  const months = place.logDays / (365 / 12);
  return `at most ${number(gb)} GB × ${number(months)} months × ${prices.logStorage.usd} USD/GB-month = ${money(gb * months * prices.logStorage.usd)} USD for a million look-ups, the first row.`;
}

/** CloudFront's prices by where the client is, of the same list as `edgeUpload`: its dearest. */
const DEAREST = { request: 2.2, answer: 0.12, upload: 0.16 };

function elsewhere({ pictureBody }: Measured): string[] {
  const { edgeRequest, edgeData, edgeUpload } = prices;
  const more = DEAREST.upload - edgeUpload.usd;
  return [
    `All clients are in North America. Elsewhere CloudFront asks more: for requests up to ${DEAREST.request.toFixed(2)} instead of ${edgeRequest.usd.toFixed(2)} USD a million (South America; Europe 1.20), for answers up to ` +
      `${DEAREST.answer} instead of ${edgeData.usd} USD/GB (parts of Asia; Europe the same), and for uploads 0.13 (South America) and ${DEAREST.upload} (India) instead of ${edgeUpload.usd} USD/GB (Europe the same). ` +
      `A million pictures that are uploaded in India cost ${number(pictureBody * 1000)} GB × (${DEAREST.upload} − ${edgeUpload.usd}) = ${money(pictureBody * 1000 * more)} USD more.`,
  ];
}

export function requestsSection(place: Place, measured: Measured): string[] {
  const systems = [
    find(place, measured),
    status(place, measured),
    breeds(place, measured),
    checkout(place, measured),
    pictures(place, measured, 'kafka'),
    pictures(place, measured, 'sqs'),
  ];
  const scrapes = scrape(place, measured);
  return [
    '## A million requests',
    '',
    'On top of the fixed costs, in prod. The other stages have no firewalls and pay that much less; minimal pays nothing for bytes through its NAT instance.',
    '',
    ...table(
      ['a million of', 'USD'],
      [
        ...systems.map((each) => [each.title, money(total(each.lines).usd)]),
        ...messageRows(place, measured),
        [scrapes.title, money(total(scrapes.lines).usd)],
      ],
    ),
    '',
    ...assumptions(place, measured),
    ...systems.flatMap(section),
    ...messagesSection(place, measured),
    ...section(scrapes),
    '',
    rhythms(place, measured),
  ];
}

const section = ({ title, story, lines }: SystemCost): string[] => [
  '',
  `### ${title}`,
  '',
  story,
  '',
  ...linesTable(lines, 'USD a million'),
];

const messageRows = (place: Place, measured: Measured): string[][] =>
  paces.flatMap((pace) =>
    LISTENERS.map((listeners) => {
      const { title, lines } = messages(place, measured, listeners, pace);
      return [`Messages ${title}`, money(total(lines).usd)];
    }),
  );

function messagesSection(place: Place, measured: Measured): string[] {
  const ten = 10;
  return [
    '',
    '### Message: POST /endpoint/, stored and pushed to n listeners',
    '',
    'Queues and functions work in batches of up to ten, and many listeners get all events of a batch in one frame: so a message costs most in a slow trickle. Both ends are shown for ten listeners.',
    ...paces.flatMap((pace) => {
      const { title, lines } = messages(place, measured, ten, pace);
      return ['', `**${title}**`, '', ...linesTable(lines, 'USD a million')];
    }),
    '',
    `A listener that is connected all month costs 43,800 minutes × ${prices.liveMinutes.usd} USD a million = ${money((43_800 / 1e6) * prices.liveMinutes.usd)} USD, however quiet it is; a thousand of them ${money((43_800_000 / 1e6) * prices.liveMinutes.usd)}.`,
  ];
}
