// Passwords as Secrets Manager generates them (GetRandomPassword, GenerateSecretString).
import { randomInt } from 'node:crypto';

export interface PasswordRules {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly IncludeSpace?: boolean;
  /** True unless given: at least one character of each type. */
  readonly RequireEachIncludedType?: boolean;
}

/** `below(n)` gives a whole number from 0 to n - 1. Throws where the rules leave no characters, or more types than the length has room for. */
export function randomPassword(rules: PasswordRules, below: (limit: number) => number = randomInt): string {
  const { PasswordLength: length = 32, RequireEachIncludedType: each = true } = rules;
  const types = characterTypes(rules);
  const all = types.join('');
  if (all === '') throw new Error('GenerateSecretString excludes every character');
  if (each && types.length > length)
    throw new Error(`GenerateSecretString wants ${types.length} types of characters in ${length} characters`);
  const pick = (from: string) => from.charAt(below(from.length));
  const characters = each ? types.map(pick) : [];
  while (characters.length < length) characters.push(pick(all));
  return shuffled(characters, below).join('');
}

function characterTypes(rules: PasswordRules): string[] {
  const excluded = new Set(rules.ExcludeCharacters);
  return [
    rules.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    rules.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((type) => [...type].filter((character) => !excluded.has(character)).join(''))
    .filter((type) => type !== '');
}

/** Fisher and Yates: the required characters must not always come first. */
function shuffled(characters: string[], below: (limit: number) => number): string[] {
  for (let last = characters.length - 1; last > 0; last--) {
    const other = below(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters;
}
