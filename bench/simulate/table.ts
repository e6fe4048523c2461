// Tables in Markdown, and their places in docs/scale.md.

export interface Table {
  /** Of its place in the page. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

export const markdown = ({ columns, rows }: Table): string =>
  [row(columns), `|${columns.map((_, index) => (index === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(row)].join('\n');

const marks = (name: string) => [`<!-- simulated: ${name} -->`, `<!-- end of ${name} -->`] as const;

/** The page with the table in its place. Throws where the page has no place for it. */
export function placed(page: string, table: Table): string {
  const [begin, end] = marks(table.name);
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The page has no place for the table ${table.name}: ${begin} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${markdown(table)}\n${page.slice(to)}`;
}

const UNIT = /\D*$/;

/** What several runs gave, from the least to the most: `96.1–96.4 %`. One value where all say the same. */
export function range(values: readonly number[], format: (value: number) => string): string {
  const known = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const [least, most] = [format(known[0] ?? Number.NaN), format(known.at(-1) ?? Number.NaN)];
  if (least === most) return least;
  const unit = UNIT.exec(most)?.[0] ?? '';
  return unit !== '' && UNIT.exec(least)?.[0] === unit ? `${least.slice(0, -unit.length)}–${most}` : `${least}–${most}`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

export const ms = (value: number): string =>
  Number.isNaN(value)
    ? '–'
    : value < 10
      ? `${value.toFixed(1)} ms`
      : value < 1_000
        ? `${Math.round(value)} ms`
        : `${(value / 1_000).toFixed(1)} s`;

export const seconds = (value: number): string => `${value.toFixed(1)} s`;

export const percent = (share: number): string => (share === 0 ? '0' : `${(100 * share).toFixed(1)} %`);
