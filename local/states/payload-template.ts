// Parameters and ResultSelector: JSON in which a name that ends in `.$` stands for a value from elsewhere.
import { type Expression, expression } from './expression.ts';
import { isObject, type Json } from './json.ts';

export function payloadTemplate(template: Json, field: string): Expression {
  return compiled(template, field) ?? (() => template);
}

/** Undefined where nothing in it varies: then it is shared as it is. */
function compiled(template: Json, field: string): Expression | undefined {
  if (Array.isArray(template)) {
    const entries = (template as readonly Json[]).map((entry) => ({ entry, value: compiled(entry, field) }));
    if (entries.every(({ value }) => !value)) return undefined;
    return (input, frame) => entries.map(({ entry, value }) => (value ? value(input, frame) : entry));
  }
  if (!isObject(template)) return undefined;
  const entries = Object.entries(template).map(([name, entry]) =>
    name.endsWith('.$')
      ? { name: name.slice(0, -2), entry: null, value: expression(entry, name) }
      : { name, entry, value: compiled(entry, field) },
  );
  if (entries.every(({ value }) => !value)) return undefined;
  return (input, frame) => {
    const object: Record<string, Json> = {};
    for (const { name, entry, value } of entries) object[name] = value ? value(input, frame) : entry;
    return object;
  };
}
