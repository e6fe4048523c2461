// What fits into one event: AWS flushes a batch by count or by 6 MB, whichever comes first (S2, K2).

/** Bytes of records in one event. Lambda's synchronous payload may be a little larger (R13), which leaves room for the envelope. */
export const BATCH_BYTES = 6 * 1024 * 1024;

/** A record as JSON text: it is measured and sent as the same text, serialized once. */
export interface Sized {
  readonly json: string;
}

/**
 * How many of the first `records` make the next event, and whether they fill it. One record always goes, however large,
 * for nothing else could ever move it.
 */
export function fill(records: readonly Sized[], batchSize: number): { readonly count: number; readonly full: boolean } {
  let bytes = 0;
  for (const [index, record] of records.entries()) {
    bytes += Buffer.byteLength(record.json) + 1;
    if (index > 0 && bytes > BATCH_BYTES) return { count: index, full: true };
    if (index + 1 === batchSize) return { count: batchSize, full: true };
  }
  return { count: records.length, full: false };
}
