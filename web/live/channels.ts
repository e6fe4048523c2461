// Names of channels as people type them.
const NAME = /^[\w.-]{1,64}$/;
const MOST = 100;

/** `a, b` → `['a', 'b']`; nothing typed means all channels. */
export function channelsOf(typed: string): readonly string[] | undefined {
  const names = [...new Set(typed.split(/[\s,]+/).filter(Boolean))].sort();
  return names.length === 0 ? undefined : names;
}

export function channelsError(names: readonly string[] | undefined): string | undefined {
  const wrong = names?.find((name) => !NAME.test(name));
  if (wrong !== undefined) return `“${wrong}” cannot be a channel: 1 to 64 letters, digits, dots, dashes or underscores.`;
  return names && names.length > MOST ? `At most ${MOST} channels.` : undefined;
}
