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

const MARK = '=';

/**
 * A payload as the body of a queue's message. By its mark it is not JSON itself: what stands between sender and consumer and reads JSON, to filter
 * by it for instance, may hand on what it would write of it, with other blanks and fewer digits.
 */
export const sealed = (json: string): string => MARK + queueable(json);

/** Undefined for a body that was not sealed. */
export const unsealed = (body: string): string | undefined => (body.startsWith(MARK) ? body.slice(MARK.length) : undefined);
