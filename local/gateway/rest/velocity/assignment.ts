// `#set`: a name of the template's own, or the override of the answer's status or header.
import type { Expression, PathPart, Reference } from './ast.ts';
import type { Compilation, Render } from './compilation.ts';
import { isRoot, sourceOf } from './references.ts';
import type { Scope } from './scope.ts';
import { textOf, type Value } from './values.ts';

type Assign = (scope: Scope, value: Value) => void;

/** No value leaves what was there, as Velocity 1.7 does. */
export function compileAssignment([target, source]: readonly [Reference, Expression], compilation: Compilation): Render | string {
  const evaluate = compilation.expression(source);
  const assign = compileTarget(target, compilation);
  if (!assign) {
    compilation.refuse(
      `#set of \`${sourceOf(target)}\`: set a name of your own, $context.responseOverride.status or $context.responseOverride.header.<name>.`,
    );
    return '';
  }
  return (scope) => {
    const value = evaluate(scope);
    if (value !== null && value !== undefined) assign(scope, value);
    return '';
  };
}

function compileTarget({ id, path = [] }: Reference, compilation: Compilation): Assign | undefined {
  if (path.length === 0 && !isRoot(id) && id !== 'foreach') {
    compilation.named.add(id);
    return ({ variables }, value) => variables.set(id, value);
  }
  const [override, kind, name, ...more] = path;
  if (id !== 'context' || !isNamed(override, 'responseOverride') || more.length > 0) return undefined;
  if (isNamed(kind, 'status') && !name) return (scope, value) => (scope.override.status = value);
  if (!isNamed(kind, 'header') || !name || name.type === 'method') return undefined;
  if (name.type === 'property') return (scope, value) => scope.override.header.set(name.id, value);
  const nameOf = compilation.expression(name.id);
  return (scope, value) => scope.override.header.set(textOf(nameOf(scope)), value);
}

const isNamed = (part: PathPart | undefined, id: string) => part?.type === 'property' && part.id === id;
