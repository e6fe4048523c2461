// A table of numbers on both servers: MariaDB's sequences are unknown to MySQL, and recursion is bounded on both.
const DIGITS =
  'SELECT 0 AS digit UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9';

/** A derived table of 0 to `count` - 1 in a column `number`, in as many digits as that takes. */
export function numbersBelow(count: number): string {
  const places = Array.from({ length: String(Math.max(count - 1, 0)).length }, (_, place) => place);
  const sum = places.map((place) => `d${place}.digit * ${10 ** place}`).join(' + ');
  return `(SELECT ${sum} AS number FROM ${places.map((place) => `(${DIGITS}) AS d${place}`).join(' CROSS JOIN ')} HAVING number < ${count}) AS numbers`;
}
