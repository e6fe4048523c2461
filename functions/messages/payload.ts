// What a payload may be, judged by its text.

/** Levels of objects and arrays: every JSON parser that clients use takes this many. */
const MAX_DEPTH = 500;

export function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      if (++depth > MAX_DEPTH) return true;
    } else if (character === ']' || character === '}') depth--;
  }
  return false;
}

/** The same JSON in the characters that SQS takes: U+FFFE and U+FFFF, which can only stand in strings, as escapes. */
export const queueable = (json: string): string =>
  json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
