// Order statistics and how figures are written.

/** The value under which the share `q` (0 to 1) of the values lies, nearest rank. */
export function percentile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

export const seconds = (value: number): string => `${value.toFixed(2)} s`;

export const perSecond = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)}/s`;

/** `goal < 1 ms: reached` */
export const verdict = (goal: string, reached: boolean): string => `goal ${goal}: ${reached ? 'reached' : '**not reached**'}`;
