import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomPassword } from '../../local/services/random-password.ts';

const rules = fc.record({
  PasswordLength: fc.integer({ min: 5, max: 64 }),
  ExcludeCharacters: fc.constantFrom('', '"@/\\', 'abc123'),
  ExcludeLowercase: fc.boolean(),
  ExcludeUppercase: fc.boolean(),
  ExcludeNumbers: fc.boolean(),
  ExcludePunctuation: fc.constant(false),
  IncludeSpace: fc.boolean(),
});

it('has the length asked for, no excluded character and one of each included type', () => {
  fc.assert(
    fc.property(rules, (given) => {
      const password = randomPassword(given);
      expect(password).toHaveLength(given.PasswordLength);
      for (const character of given.ExcludeCharacters) expect(password).not.toContain(character);
      expect(/[a-z]/.test(password)).toBe(!given.ExcludeLowercase);
      expect(/[A-Z]/.test(password)).toBe(!given.ExcludeUppercase);
      expect(/[0-9]/.test(password)).toBe(!given.ExcludeNumbers);
      expect(/ /.test(password)).toBe(given.IncludeSpace);
      expect(password).toMatch(/[^a-zA-Z0-9 ]/);
    }),
  );
});

it('has 32 characters where nobody says otherwise, another one each time', () => {
  expect(randomPassword({})).toHaveLength(32);
  expect(randomPassword({})).not.toBe(randomPassword({}));
});

it('says so where the rules leave nothing', () => {
  const nothing = { ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true };

  expect(() => randomPassword(nothing)).toThrow('excludes every character');
  expect(() => randomPassword({ PasswordLength: 3 })).toThrow('4 types of characters in 3 characters');
});
