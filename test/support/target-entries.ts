// Entries of a list, shorter: several tests of one file, or one reason for several.

/** `{ 'file: name': reason }` from reasons by name. */
export const of = (file: string, reasons: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(reasons).map(([name, reason]) => [`${file}: ${name}`, reason]));

export const because = (reason: string, tests: readonly string[]): Record<string, string> =>
  Object.fromEntries(tests.map((test) => [test, reason]));
