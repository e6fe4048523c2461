// A line of a bill: how many of what, at which price. The arithmetic is written out, so that everybody can follow it.
import type { Price } from './price.ts';

export interface Quantity {
  readonly n: number;
  /** Unit, where it has one: `h`, `GB`. */
  readonly of?: string;
}

export interface Line {
  readonly what: string;
  readonly quantities: readonly Quantity[];
  readonly price: Price;
}

export interface Total {
  /** Of the lines whose price is known. */
  readonly usd: number;
  /** The others. */
  readonly without: readonly string[];
}

/** Undefined where the price is unknown. */
export const usdOf = ({ quantities, price }: Line): number | undefined =>
  price.usd === undefined ? undefined : quantities.reduce((product, { n }) => product * n, price.usd);

export const total = (lines: readonly Line[]): Total => ({
  usd: lines.reduce((sum, line) => sum + (usdOf(line) ?? 0), 0),
  without: lines.filter((line) => usdOf(line) === undefined).map(({ what }) => what),
});

export const number = (n: number): string => n.toLocaleString('en-US', { maximumSignificantDigits: Math.abs(n) >= 1000 ? 12 : 4 });

export const money = (usd: number): string => usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `3 × 730 h × 0.045 USD/h` */
export const arithmetic = ({ quantities, price: { usd, unit } }: Line): string =>
  [
    ...quantities.map(({ n, of }) => [number(n), of].filter(Boolean).join(' ')),
    usd === undefined ? `unknown USD/${unit}` : `${usd} USD/${unit}`,
  ].join(' × ');

export const totalText = ({ usd, without }: Total): string =>
  [money(usd), without.length > 0 && `without ${without.join(', ')}`].filter(Boolean).join(', ');

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** A table of lines, with their sum. */
export const linesTable = (lines: readonly Line[], head = 'USD a month'): string[] => [
  row(['what', 'arithmetic', head]),
  '|---|---|---:|',
  ...lines.map((line) => {
    const usd = usdOf(line);
    return row([line.what, arithmetic(line), usd === undefined ? 'unknown' : money(usd)]);
  }),
  row(['**total**', '', `**${totalText(total(lines))}**`]),
];

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`,
  ...rows.map(row),
];
