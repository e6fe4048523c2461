// Reads the errors of a 400: the header `status` holds them as the text of a Python dict.

const entry = /(['"])(\w+)\1\s*:\s*\[((?:[^\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*)\]/g;
const quoted = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;

/** `{'width': ['a', 'b'], 'image': ["c"]}` → `{width: ['a', 'b'], image: ['c']}`; `{}` for a text that holds no such entries. */
export function parseErrors(text: string): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const [, , field = '', list = ''] of text.matchAll(entry)) {
    errors[field] = [...list.matchAll(quoted)].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'));
  }
  return errors;
}
