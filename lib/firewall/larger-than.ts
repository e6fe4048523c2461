// AWS WAF compares texts with patterns, and has no rule for the number that a header holds.

/** A pattern of the decimal numbers above a limit, a whole number of at least 1: `largerThan(42)` fits 43, 50 and 100, and no 42. */
export function largerThan(limit: number): string {
  const digits = String(limit);
  const sameLength = [...digits].flatMap((digit, place) => {
    const above = Number(digit) + 1;
    if (above > 9) return [];
    const rest = digits.length - place - 1;
    return [`${digits.slice(0, place)}${above === 9 ? '9' : `[${above}-9]`}${'[0-9]'.repeat(rest)}`];
  });
  return `^0*(${[...sameLength, `[1-9][0-9]{${digits.length},}`].join('|')})$`;
}
