// `$name.property.method(argument)[index]` as a function of the scope.
import { Helper } from 'velocityjs';
import type { Expression, PathPart, Reference } from './ast.ts';
import type { Compilation, Evaluate } from './compilation.ts';
import { METHODS, REGEX_METHODS } from './methods.ts';
import { compileContext, compileInput, compileStageVariable, compileUtil, type Root } from './roots.ts';
import { elementOf, propertyOf, textOf } from './values.ts';

const ROOTS: Readonly<Record<string, (path: readonly PathPart[], compilation: Compilation) => Root | undefined>> = {
  input: compileInput,
  util: compileUtil,
  context: compileContext,
  stageVariables: compileStageVariable,
};

/** Names that a template cannot give to something else. */
export const isRoot = (name: string) => Object.hasOwn(ROOTS, name);

export const sourceOf = (reference: Reference): string => Helper.getRefText(reference as never);

/** Refuses names that the template never sets, and what the roots do not have. */
export function compileReference(reference: Reference, compilation: Compilation): Evaluate {
  const { id, path = [], args } = reference;
  const root = isRoot(id) ? ROOTS[id]?.(path, compilation) : variable(id, compilation);
  if (!root || args !== undefined) {
    compilation.refuse(`the reference \`${sourceOf(reference)}\`: ${SUPPORTED}`);
    return () => undefined;
  }
  return path.slice(root.taken).reduce((receiver, part) => compilePart(receiver, part, compilation), root.evaluate);
}

/** As text: what has no value stays as it was written, or becomes nothing with `$!`. */
export function compileOutput(reference: Reference, compilation: Compilation): Evaluate {
  const evaluate = compileReference(reference, compilation);
  const missing = reference.leader === '$!' ? '' : sourceOf(reference);
  return (scope) => {
    const value = evaluate(scope);
    return value === null || value === undefined ? missing : textOf(value);
  };
}

const variable = (name: string, { named }: Compilation): Root | undefined =>
  named.has(name) ? { taken: 0, evaluate: ({ variables }) => variables.get(name) } : undefined;

function compilePart(receiver: Evaluate, part: PathPart, compilation: Compilation): Evaluate {
  switch (part.type) {
    case 'property':
      return (scope) => propertyOf(receiver(scope), part.id);
    case 'index': {
      const index = compilation.expression(part.id);
      return (scope) => elementOf(receiver(scope), index(scope));
    }
    case 'method':
      return compileMethod(receiver, part.id, part.args || [], compilation);
  }
}

function compileMethod(receiver: Evaluate, name: string, given: readonly Expression[], compilation: Compilation): Evaluate {
  const regexMethod = Object.hasOwn(REGEX_METHODS, name) ? REGEX_METHODS[name] : undefined;
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const literals = given.flatMap((argument) => (argument.type === 'string' ? [argument.value] : []));
  if (regexMethod && regexMethod.arity === given.length && literals.length === given.length) {
    const apply = regexMethod.prepare(...literals);
    if (apply) return (scope) => apply(receiver(scope));
    compilation.refuse(
      `\`.${name}(${literals.join(', ')})\`: the expression, or its replacement, does not mean the same in Java and here.`,
    );
  } else if (method && method.arity === given.length) {
    const args = given.map((argument) => compilation.expression(argument));
    return (scope) => method.call(receiver(scope), ...args.map((argument) => argument(scope)));
  } else {
    compilation.refuse(`the method \`.${name}\` with ${given.length} arguments: ${SUPPORTED_METHODS}`);
  }
  return () => undefined;
}

const signatures = [...Object.entries(METHODS), ...Object.entries(REGEX_METHODS)].map(([name, { arity }]) => `${name}/${arity}`);
const SUPPORTED_METHODS = `supported are ${signatures.join(', ')}, regular expressions as literal texts.`;
const SUPPORTED =
  'supported are what the template sets, $input.params, $input.path, $input.json with a plain path, $input.body, $context.<name>, ' +
  '$context.responseOverride.status, $context.responseOverride.header.<name>, $stageVariables.<name>, $util.escapeJavaScript, ' +
  '$util.parseJson, $util.urlEncode, $util.urlDecode, $util.base64Encode, $util.base64Decode.';
