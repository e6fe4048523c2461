// Which lines of a log a filter of CloudWatch Logs counts, for as much of its language as is used here.

type Line = Readonly<Record<string, string | number>>;

const COMPARISON = /\$\.(\w+) (=|!=|<|<=|>|>=) (?:"([^"]*)"|(\d+))/g;

/** `{ ($.route = "/orders*") && (($.status >= 500) || ($.latencyMs > 1000)) }` */
export function matchesPattern(pattern: string, line: Line): boolean {
  const inner = /^\{ (.*) \}$/.exec(pattern)?.[1];
  if (inner === undefined) throw new Error(`This is no pattern of JSON: ${pattern}`);
  let text = inner.replaceAll(COMPARISON, (_, field, operator, word, number) =>
    String(compare(line[field], operator, word ?? Number(number))),
  );
  while (text.includes('(')) text = text.replaceAll(/\(([^()]*)\)/g, (_, group) => String(decide(group)));
  return decide(text);
}

const decide = (text: string): boolean =>
  text.split('||').some((part) =>
    part.split('&&').every((word) => {
      if (!['true', 'false'].includes(word.trim())) throw new Error(`This is not understood here: ${word}`);
      return word.trim() === 'true';
    }),
  );

/** A field that a line lacks is equal to nothing. */
function compare(found: string | number | undefined, operator: string, wanted: string | number): boolean {
  if (found === undefined) return false;
  if (typeof wanted === 'string') return (typeof found === 'string' && isLike(found, wanted)) === (operator === '=');
  const difference = Number(found) - wanted;
  const signs: Readonly<Record<string, boolean>> = {
    '=': difference === 0,
    '!=': difference !== 0,
    '<': difference < 0,
    '<=': difference <= 0,
    '>': difference > 0,
    '>=': difference >= 0,
  };
  return signs[operator] ?? false;
}

/** `*` is any text. */
export const isLike = (text: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`).test(text);
