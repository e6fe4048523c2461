// Beginning and end of the page.
import { table } from './line.ts';
import { HOURS, REGION } from './price.ts';
import { allPrices } from './prices.ts';

export const head = [
  '# Costs',
  '',
  `Written by \`node scripts/docs/costs.ts\` from the templates of the stages, from \`bench/results.md\` and from the prices at the end; a test keeps it true. All figures are US dollars in ${REGION}, on demand, ` +
    `for a month of ${HOURS} h, before tax and support. No free tier is taken off: an account that has nothing else pays less. Prices were read in public texts, each with its date and address below, because AWS's own pages could not be opened: ` +
    '**check those of your region in [AWS’s calculator](https://calculator.aws/) before you sign anything.** A price for which no source was found is *unknown*, and totals name what they leave out.',
];

export const pricesTable = (): string[] => [
  '## Prices',
  '',
  `Of ${REGION}. *Check at* is AWS's page; *read in* is where this number was read, of the date beside it.`,
  '',
  ...table(
    ['what', 'USD', 'per', 'as of', 'read in', 'check at', 'remark'],
    allPrices().map(({ service, usd, unit, asOf, read, page, note = '' }) => [
      service,
      usd === undefined ? 'unknown' : String(usd),
      unit,
      asOf,
      linked(read),
      linked(page),
      note,
    ]),
  ),
];

/** Addresses as links with the name of their site; words as they are. */
function linked(text: string): string {
  const [, address, rest = ''] = /^(https:\/\/\S+)(.*)$/.exec(text) ?? [];
  return address === undefined ? text : `[${new URL(address).hostname.replace(/^www\./, '')}](${address})${rest}`;
}
