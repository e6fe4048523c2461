// JSON as text. Payloads are shown as they were sent: numbers like 1e400 or beyond 2^53 do not survive JSON.parse. The text handed in is valid JSON.

/** Each member's value of an object, as the text that it is. */
export function members(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let at = skipSpace(text, 1);
  while (at < text.length && text[at] !== '}') {
    const nameEnd = valueEnd(text, at);
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = valueEnd(text, start);
    found.set(JSON.parse(text.slice(at, nameEnd)), text.slice(start, end));
    at = afterComma(text, end);
  }
  return found;
}

/** Each element of an array, as the text that it is. */
export function elements(text: string): string[] {
  const found: string[] = [];
  let at = skipSpace(text, 1);
  while (at < text.length && text[at] !== ']') {
    const end = valueEnd(text, at);
    found.push(text.slice(at, end));
    at = afterComma(text, end);
  }
  return found;
}

/** Over several lines, two spaces a level; strings and numbers to the character as they were. */
export function pretty(text: string): string {
  let shown = '';
  let level = 0;
  const line = () => `\n${'  '.repeat(level)}`;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const character = text[at] as string;
    if ('{['.includes(character)) {
      const next = skipSpace(text, at + 1);
      const isEmpty = '}]'.includes(text[next] ?? '');
      if (!isEmpty) level++;
      shown += isEmpty ? `${character}${text[next]}` : `${character}${line()}`;
      at = isEmpty ? next + 1 : at + 1;
    } else if ('}]'.includes(character)) {
      level--;
      shown += `${line()}${character}`;
      at++;
    } else if (character === ',' || character === ':') {
      shown += character === ',' ? `,${line()}` : ': ';
      at++;
    } else {
      const end = valueEnd(text, at);
      shown += text.slice(at, end);
      at = end;
    }
  }
  return shown;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && ' \t\r\n'.includes(text[at] as string)) at++;
  return at;
}

function afterComma(text: string, end: number): number {
  const at = skipSpace(text, end);
  return text[at] === ',' ? skipSpace(text, at + 1) : at;
}

/** Where the value that begins at `start` ends. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const character = text[at] as string;
    if (character === '"') at = stringEnd(text, at);
    else if ('{['.includes(character)) {
      depth++;
      at++;
    } else if ('}]'.includes(character)) {
      depth--;
      at++;
    } else if (depth > 0) at++;
    else return scalarEnd(text, at);
    if (depth === 0) return at;
  }
  return at;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function scalarEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',:]} \t\r\n'.includes(text[at] as string)) at++;
  return at;
}
