// A page of a list, with thecatapi's headers.

export interface Paging {
  readonly limit: number;
  readonly page: number;
}

/** Whole numbers from the query; anything else is as if it were not there. */
export const wholeNumber = (text: string | null): number | undefined =>
  text !== null && /^\d{1,6}$/.test(text) ? Number(text) : undefined;

export function page<Row>(rows: readonly Row[], { limit, page: number }: Paging): Row[] {
  return rows.slice(number * limit, (number + 1) * limit);
}

export const paginationHeaders = (count: number, { limit, page: number }: Paging) => ({
  'pagination-count': String(count),
  'pagination-page': String(number),
  'pagination-limit': String(limit),
});
