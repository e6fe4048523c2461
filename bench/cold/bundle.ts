// About 1 MB of code as bundles are: mostly classes, a tenth of which runs while the module loads.

const BYTES = 1_000_000;

/** The source of a module with a handler; each `variant` is another text, so that no cache of compiled code knows it. */
export function bundle(variant: number): string {
  const parts: string[] = [];
  for (let i = 0, bytes = 0; bytes < BYTES; i++) {
    const part = classOf(i, variant) + (i % 10 === 0 ? `registry.set('C${i}', new C${i}(${i}).shape());\n` : '');
    bytes += part.length;
    parts.push(part);
  }
  return `const registry = new Map();\n${parts.join('')}export const handler = async () => registry.size;\n`;
}

const classOf = (i: number, variant: number) => `class C${i} {
  constructor(a, b) { this.a = a; this.b = b ?? ${i}; }
  shape() { return { type: 'object', name: 'C${i}', members: ['a', 'b', 'variant${variant}'], required: ['a'] }; }
  serialize(input) { const out = {}; for (const [key, value] of Object.entries(input)) if (value !== undefined) out[key] = String(value); return out; }
}
`;
