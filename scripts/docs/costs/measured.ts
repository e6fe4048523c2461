// Processor times that bench/results.md reports: they change with it.

export interface Measured {
  /** Milliseconds of processor time. */
  readonly lookup: number;
  /** Of all steps of a checkout together. */
  readonly checkout: number;
  /** Of a message with one listener, all functions together. */
  readonly message: number;
  /** Of a picture, host and backends included. */
  readonly picture: number;
  /** Of a picture as JSON, in MB. */
  readonly pictureBody: number;
  /** Of the list of breeds, in bytes. */
  readonly breeds: number;
}

/** @throws where the page does not say it */
export function measured(results: string): Measured {
  const find = (section: string, pattern: RegExp): number => {
    const text = results.split(`<!-- ${section} -->`)[1]?.split(`<!-- end of ${section} -->`)[0] ?? '';
    const value = pattern.exec(text)?.[1];
    if (value === undefined) throw new Error(`bench/results.md: ${section} does not say ${pattern}`);
    return Number(value);
  };
  const node = /^\| application, 1 event per environment \|.*\bnode ([\d.]+) ms/m;
  return {
    lookup: find('find', node),
    checkout: find('checkout', node),
    message: find('messages', /^\| 1 \|.*\| ([\d.]+) ms \|$/m),
    picture: find('pictures', /^\| application \|[^|]*\|[^|]*\| ([\d.]+) ms/m),
    pictureBody: find('pictures', /\(([\d.]+) MB as JSON each\)/),
    breeds: find('cats', /^\| all breeds \| (\d+) \|/m),
  };
}
