// Paths into JSON: `$.a.b[0]['c d']`. They are parsed once, when the machine is loaded.
import { Unsupported } from './definition.ts';
import { isObject, type Json } from './json.ts';

type Segment = string | number;

export interface Path {
  readonly text: string;
  /** `$$.…`: into the context object (F8), not into the state's input. */
  readonly ofContext: boolean;
  readonly segments: readonly Segment[];
}

const SEGMENT = /\.([^\s.[\]'"*?()@,:]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;

export function parsePath(text: unknown): Path {
  const path = typeof text === 'string' ? pathAt(text, 0) : undefined;
  if (!path || path.text !== text)
    throw new Unsupported(
      `path ${JSON.stringify(text)}: only $, $.name, $['name'] and $[0] are supported, no wildcards, slices, filters or functions`,
    );
  return path;
}

/** The longest path that begins at `from`. */
export function pathAt(text: string, from: number): Path | undefined {
  if (text[from] !== '$') return undefined;
  const ofContext = text[from + 1] === '$';
  const segments: Segment[] = [];
  SEGMENT.lastIndex = from + (ofContext ? 2 : 1);
  for (;;) {
    const end = SEGMENT.lastIndex;
    const found = SEGMENT.exec(text);
    if (!found) return { text: text.slice(from, end), ofContext, segments };
    const [, name, index, single, double] = found;
    segments.push(name ?? (index === undefined ? unescaped(single ?? double ?? '') : Number(index)));
  }
}

const unescaped = (quoted: string) => quoted.replaceAll(/\\(.)/g, '$1');

/** Undefined where there is nothing. */
export function valueAt(segments: readonly Segment[], root: Json): Json | undefined {
  let value: Json | undefined = root;
  for (const segment of segments) {
    if (typeof segment === 'number') value = Array.isArray(value) ? value[segment] : undefined;
    else value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** A copy of `root` with `value` in its place; objects that are missing on the way come into being. Undefined where the path cannot lead through. */
export function withValueAt(segments: readonly Segment[], root: Json | undefined, value: Json, depth = 0): Json | undefined {
  if (depth === segments.length) return value;
  const segment = segments[depth] as Segment;
  if (typeof segment === 'number') {
    if (!Array.isArray(root) || segment >= root.length) return undefined;
    const inner = withValueAt(segments, root[segment], value, depth + 1);
    return inner === undefined ? undefined : root.with(segment, inner);
  }
  if (root !== undefined && !isObject(root)) return undefined;
  const inner = withValueAt(segments, root && Object.hasOwn(root, segment) ? root[segment] : undefined, value, depth + 1);
  return inner === undefined ? undefined : { ...root, [segment]: inner };
}
