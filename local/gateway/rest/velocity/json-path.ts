// `$.a.b[0]['c']`: the paths of `$input.path` and `$input.json`.
import { elementOf, type Value } from './values.ts';

const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^'\\]*)'\]/y;

/** Reads one value; undefined for paths of another kind (filters, wildcards, recursion). */
export function jsonPath(path: string): ((root: Value) => Value) | undefined {
  const steps: string[] = [];
  if (!path.startsWith('$')) return undefined;
  STEP.lastIndex = 1;
  for (let end = 1; end < path.length; end = STEP.lastIndex) {
    const step = STEP.exec(path);
    if (!step) return undefined;
    steps.push(step[1] ?? step[2] ?? step[3] ?? '');
  }
  return (root) => steps.reduce<Value>(elementOf, root);
}
