// Rows of the upstream: new fields are welcome, and a broken row is refused by itself.
import * as z from 'zod';

const Text = (longest: number) => z.string().trim().min(1).max(longest);
const Id = (longest: number) => z.string().regex(/^\S+$/).max(longest);
const CategoryId = z.int().min(0).max(999_999_999);

export const BreedRow = z.object({
  id: Id(36),
  name: Text(200),
  description: z.string().trim().max(10_000).default(''),
  origin: Text(200),
  /** `A,B` and `A, B` are the same. */
  temperament: z
    .string()
    .max(1_000)
    .transform((text) =>
      text
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
        .join(', '),
    )
    .refine((text) => text.length <= 1_000),
});

export const CategoryRow = z.object({ id: CategoryId, name: Text(200) });
export const ImageRow = z.object({ id: Id(64), url: z.url({ protocol: /^https?$/ }).max(2_000) });

export interface Sorted<Row> {
  readonly good: readonly Row[];
  /** Ids of broken rows, where they can be read: what is published of them stays as it is. */
  readonly broken: readonly (string | number)[];
  /** Broken rows whose id cannot be read: while there are any, nobody knows what has vanished. */
  readonly unreadable: number;
}

/** A row that comes twice counts once, as it came last. */
export function sorted<Row extends { id: string | number }>(
  rows: readonly unknown[],
  schema: z.ZodObject<{ id: z.ZodType<Row['id']> }>,
): Sorted<Row> {
  const good = new Map<Row['id'], Row>();
  const broken = new Set<Row['id']>();
  let unreadable = 0;
  for (const row of rows) {
    const parsed = schema.safeParse(row);
    if (parsed.success) {
      good.set(parsed.data.id, parsed.data as unknown as Row);
      continue;
    }
    const id = schema.shape.id.safeParse((row as { id?: unknown } | null)?.id);
    if (id.success) broken.add(id.data);
    else unreadable += 1;
  }
  for (const id of broken) good.delete(id);
  return { good: [...good.values()], broken: [...broken], unreadable };
}
