// Numbers as this page shows them; what is not known is a dash.
import { duration } from '../../frame/measures.ts';

const unknown = '–';

export const count = (value: number | null): string => (value === null ? unknown : value.toLocaleString('en'));

/** `0`, `0.4`, `12`: a rate over some seconds is not more exact. */
export const rate = (value: number | null): string =>
  value === null ? unknown : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

/** `420 ms`, `14 s`, `3 min`, `5 h`, `2 d`. */
export function age(seconds: number | null): string {
  if (seconds === null) return unknown;
  if (seconds < 1) return seconds === 0 ? '0 s' : duration(Math.round(seconds * 1000));
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}
