// Reading a definition: untyped JSON, checked field by field. What is wrong or not supported here is a sentence, never silence.

// biome-ignore lint/suspicious/noExplicitAny: a definition is untyped JSON; each field is checked where it is read
export type Definition = Readonly<Record<string, any>>;

/** Part of a definition that cannot be hosted; the message says why and what is supported. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

export function onlyFields(definition: Definition, fields: readonly string[], of: string): void {
  const unknown = Object.keys(definition).filter((field) => !fields.includes(field));
  if (unknown.length > 0) throw new Unsupported(`${unknown.join(', ')} of ${of} is not supported. Supported: ${fields.join(', ')}`);
}

export function onlyOneOf(definition: Definition, fields: readonly string[]): string {
  const given = fields.filter((field) => field in definition);
  if (given.length !== 1) throw new Unsupported(`exactly one of ${fields.join(', ')} is needed, not ${given.join(' and ') || 'none'}`);
  return given[0] as string;
}

export function numberIn(definition: Definition, field: string, least: number, most: number): number | undefined {
  const value: unknown = definition[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new Unsupported(`${field} ${JSON.stringify(value)}: only a number from ${least} to ${most} is supported`);
  return value;
}

export function integerIn(definition: Definition, field: string, least: number, most: number): number | undefined {
  const value = numberIn(definition, field, least, most);
  if (value !== undefined && !Number.isInteger(value)) throw new Unsupported(`${field} ${value}: only whole numbers are supported`);
  return value;
}

export function textIn(definition: Definition, field: string): string {
  const value: unknown = definition[field];
  if (typeof value !== 'string') throw new Unsupported(`${field} ${JSON.stringify(value)}: only text is supported`);
  return value;
}

export function listIn(definition: Definition, field: string): readonly Definition[] {
  const value: unknown = definition[field];
  if (!Array.isArray(value) || value.length === 0) throw new Unsupported(`${field} must be a list that is not empty`);
  for (const entry of value)
    if (typeof entry !== 'object' || entry === null)
      throw new Unsupported(`${field} holds ${JSON.stringify(entry)}: only objects are supported`);
  return value;
}
