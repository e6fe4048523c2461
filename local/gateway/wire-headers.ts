// Headers of a function's answer as they may go out on the wire.

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export const isSendable = (name: string, value: string): boolean => NAME.test(name) && VALUE.test(value);

/** Headers that belong to the connection, not to the function: the first two vanish (undefined), the others are renamed. */
export function wireName(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower === 'transfer-encoding' || lower === 'via') return undefined;
  return REMAPPED.has(lower) ? `x-amzn-Remapped-${lower}` : name;
}
const REMAPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'server',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);
