// Which records a function reports as failed under ReportBatchItemFailures (S6).

/** Failed identifiers; `all` when the answer cannot be read, which fails the whole batch. */
export type Failures = ReadonlySet<string> | 'all';

const none: Failures = new Set<string>();

/**
 * S6: `null`, `{}` and an absent, null or empty list mean that everything succeeded. Text that is not JSON, another shape, a bad key,
 * a null, empty or unknown identifier fail the whole batch.
 * @param payload the function's answer, JSON text
 * @param known the batch's identifiers
 * @param identify makes an identifier of `itemIdentifier`'s value; undefined where it is not one
 */
export function reportedFailures(payload: string, known: ReadonlySet<string>, identify: (value: unknown) => string | undefined): Failures {
  const answer = parse(payload);
  if (answer === null) return none;
  if (typeof answer !== 'object' || Array.isArray(answer)) return 'all';
  const items = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (items === undefined || items === null) return none;
  if (!Array.isArray(items)) return 'all';
  const failed = new Set<string>();
  for (const item of items) {
    const id = identify(item?.itemIdentifier);
    if (id === undefined || !known.has(id)) return 'all';
    failed.add(id);
  }
  return failed;
}

/** A handler that returns nothing answers `null`; `undefined` stands for text that is not JSON. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(payload === '' ? 'null' : payload);
  } catch {
    return undefined;
  }
}
