// How items are called here, and which amounts the services take.

/** A, B, … Z, AA, AB, … as spreadsheets count. */
export function letters(position: number): string {
  const rest = Math.floor(position / 26);
  return `${rest === 0 ? '' : letters(rest - 1)}${String.fromCharCode(65 + (position % 26))}`;
}

const LARGEST = 2 ** 31 - 1;

/** What is wrong with a typed amount, as the services would see it; undefined when nothing is. */
export function amountError(typed: string, least: number): string | undefined {
  const fits = /^\d{1,10}$/.test(typed.trim()) && Number(typed) >= least && Number(typed) <= LARGEST;
  return fits ? undefined : `A whole number from ${least} to ${LARGEST.toLocaleString('en')}.`;
}
