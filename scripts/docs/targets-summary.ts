// What a run of a suite against a target came to, file by file: small enough to be kept.
import { basename } from 'node:path';

/** Folders of `test/` whose suites run against more than one target. */
export const SUITES = ['system', 'browser', 'rules'] as const;
export type SuiteName = (typeof SUITES)[number];

export interface Counts {
  readonly passes: number;
  /** Tests that are listed as different there, and failed as they must. */
  readonly differs: number;
  readonly notApplicable: number;
}

export interface Run {
  /** `2026-03-01` */
  readonly date: string;
  /** Of what it ran on. */
  readonly versions: string;
  /** By name of the file. */
  readonly files: Readonly<Record<string, Counts>>;
}

/** Of one target. */
export type Summary = Readonly<Partial<Record<SuiteName, Run>>>;

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    /** Absolute path. */
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly meta: { readonly differs?: string; readonly notApplicable?: string };
    }[];
  }[];
}

/** @throws Error for a report with failures, with tests that were left out for no reason, or without tests. */
export function countsOf(report: VitestReport): Record<string, Counts> {
  const { testResults } = report;
  const broken = testResults.filter(({ status }) => status === 'failed').map(({ name, message }) => `${basename(name)} ${message}`.trim());
  if (broken.length > 0) throw new Error(`A run with failures is not recorded: ${broken.join(', ')}`);
  const files = testResults.map(({ name, assertionResults }) => {
    const skipped = assertionResults.filter(({ status }) => status !== 'passed');
    const unexplained = skipped.filter(({ meta }) => meta.notApplicable === undefined);
    if (unexplained.length > 0) throw new Error(`Left out for no reason: ${unexplained.map(({ fullName }) => fullName).join(', ')}`);
    const differs = assertionResults.filter(({ meta }) => meta.differs !== undefined).length;
    const passes = assertionResults.length - skipped.length - differs;
    return [basename(name), { passes, differs, notApplicable: skipped.length }] as const;
  });
  if (files.length === 0) throw new Error('The report has no tests');
  return Object.fromEntries(files.sort(([one], [other]) => (one < other ? -1 : 1)));
}

export const sum = (counts: readonly Counts[]): Counts =>
  counts.reduce(
    (all, one) => ({
      passes: all.passes + one.passes,
      differs: all.differs + one.differs,
      notApplicable: all.notApplicable + one.notApplicable,
    }),
    { passes: 0, differs: 0, notApplicable: 0 },
  );
