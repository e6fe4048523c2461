// Writes the figures of a program into results.md, between markers of its own: no number there is typed by hand.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, now, versions } from './machine.ts';

/** The order of the page. */
const SECTIONS = [
  'invoke',
  'cold',
  'start',
  'memory',
  'pictures',
  'batch-init',
  'checkout',
  'checkout-profile',
  'find',
  'find-profile',
  'messages',
  'posts',
  'cats',
  'emulators',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Report {
  readonly title: string;
  /** How it was measured, in a few sentences. */
  readonly method: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the figures say against their goal. */
  readonly findings: readonly string[];
}

const page = join(import.meta.dirname, 'results.md');
const HEAD = '# Results\n\nWritten by the programs beside this page, each its own section. [How to read them](README.md).\n';

/** Prints the report and puts it in the place of the program's last one. */
export function publish(section: Section, report: Report): void {
  const text = markdown(report);
  process.stdout.write(`\n${text}\n`);
  const kept = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const body = SECTIONS.map((name) => (name === section ? marked(name, text) : sectionOf(kept, name))).filter(Boolean);
  writeFileSync(`${page}.new`, `${HEAD}\n${body.join('\n\n')}\n`);
  renameSync(`${page}.new`, page);
}

const marks = (name: string) => [`<!-- ${name} -->`, `<!-- end of ${name} -->`] as const;

const marked = (name: string, text: string) => marks(name).join(`\n${text}\n`);

function sectionOf(content: string, name: string): string {
  const [begin, end] = marks(name);
  const from = content.indexOf(begin);
  const to = content.indexOf(end);
  return from === -1 || to === -1 ? '' : content.slice(from, to + end.length);
}

function markdown({ title, method, columns, rows, findings }: Report): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    method,
    '',
    `${now()}; ${machine()}; ${versions()}.`,
    '',
    row(columns),
    `|${columns.map((_, index) => (index === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(row),
    '',
    ...findings.map((finding) => `- ${finding}`),
  ].join('\n');
}
