// The functions of `$util`.
import { GatewayFailure } from '../failure.ts';
import { textOf, type Value } from './values.ts';

/** Each takes one argument; no value gives no value. */
export const UTIL: Readonly<Record<string, (argument: Value) => Value>> = {
  escapeJavaScript: onText(escapeJavaScript),
  parseJson: onText((text) => attempt('parseJson', () => JSON.parse(text))),
  urlEncode: onText((text) => encodeURIComponent(text).replace(/%20|[!'()~]/g, (found) => FORM[found] ?? found)),
  urlDecode: onText((text) => attempt('urlDecode', () => decodeURIComponent(text.replaceAll('+', ' ')))),
  base64Encode: onText((text) => Buffer.from(text).toString('base64')),
  base64Decode: onText((text) => Buffer.from(text, 'base64').toString()),
};

/** What Java's form encoding does otherwise than `encodeURIComponent`. */
const FORM: Readonly<Record<string, string>> = { '%20': '+', '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E' };

/**
 * As Apache commons-lang 2: also `'` and `/`, and everything beyond ASCII as `\uXXXX`. A template must turn `\'` back, which JSON does not
 * know: `.replaceAll("\\'","'")`.
 */
function escapeJavaScript(text: string): string {
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => SHORT[character] ?? unicode(character)) : text;
}

const SPECIAL = /["'\\/]|[^\x20-\x7f]/;
const EACH_SPECIAL = new RegExp(SPECIAL, 'g');
const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
  '/': '\\/',
};
const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

function onText(work: (text: string) => Value): (argument: Value) => Value {
  return (argument) => (argument === null || argument === undefined ? undefined : work(textOf(argument)));
}

/** A function that throws ends the template, and the client gets a 500. */
function attempt(name: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new GatewayFailure('API_CONFIGURATION_ERROR', `$util.${name} in a mapping template: ${(error as Error).message}`);
  }
}
