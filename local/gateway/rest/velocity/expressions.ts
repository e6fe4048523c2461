// Literals and operators as functions of the scope.
import { type Expression, syntaxTree, type TextLiteral } from './ast.ts';
import type { Compilation, Evaluate } from './compilation.ts';
import { compileReference } from './references.ts';
import { areEqual, isTrue, textOf, type Value } from './values.ts';

const NOTHING: Evaluate = () => undefined;

export function compileExpression(expression: Expression, compilation: Compilation): Evaluate {
  switch (expression.type) {
    case 'references':
      return compileReference(expression, compilation);
    case 'string':
      return compileText(expression, compilation);
    case 'integer':
    case 'decimal': {
      const number = Number(expression.value);
      return () => number;
    }
    case 'bool': {
      const value = expression.value === 'true' ? true : expression.value === 'false' ? false : undefined;
      return () => value;
    }
    case 'array': {
      if (expression.isRange) return refused('the range `[a..b]`: write the list out.', compilation);
      const elements = expression.value.map((element) => compilation.expression(element));
      return (scope) => elements.map((element) => element(scope));
    }
    case 'map': {
      const entries = Object.entries(expression.value ?? {}).map(([key, value]) => [key, compilation.expression(value)] as const);
      return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
    }
    case 'math':
      return compileOperator(expression.operator, expression.expression, compilation);
    default:
      return refused(`the expression \`${(expression as { type: string }).type}\`.`, compilation);
  }
}

function compileText({ value, isEval }: TextLiteral, compilation: Compilation): Evaluate {
  return isEval && /[$#]/.test(value) ? compilation.nodes(syntaxTree(value)) : () => value;
}

type Operator = (left: Evaluate, right: Evaluate) => Evaluate;

const OPERATORS: Readonly<Record<string, Operator>> = {
  '==': (left, right) => (scope) => areEqual(left(scope), right(scope)),
  '!=': (left, right) => (scope) => !areEqual(left(scope), right(scope)),
  '&&': (left, right) => (scope) => isTrue(left(scope)) && isTrue(right(scope)),
  '||': (left, right) => (scope) => isTrue(left(scope)) || isTrue(right(scope)),
  '<': ofNumbers((left, right) => left < right),
  '<=': ofNumbers((left, right) => left <= right),
  '>': ofNumbers((left, right) => left > right),
  '>=': ofNumbers((left, right) => left >= right),
  '+': (left, right) => (scope) => sum(left(scope), right(scope)),
  not: (operand) => (scope) => !isTrue(operand(scope)),
  parenthesis: (operand) => operand,
};

function compileOperator(name: string, operands: readonly Expression[], compilation: Compilation): Evaluate {
  const operator = OPERATORS[name];
  if (!operator)
    return refused(`the operator \`${name}\`: supported are ${Object.keys(OPERATORS).slice(0, 9).join(' ')} ! ( ).`, compilation);
  const [left = NOTHING, right = NOTHING] = operands.map((operand) => compilation.expression(operand));
  return operator(left, right);
}

/** Velocity compares numbers only; anything else is false. */
function ofNumbers(compare: (left: number, right: number) => boolean): Operator {
  return (leftOf, rightOf) => (scope) => {
    const left = leftOf(scope);
    const right = rightOf(scope);
    return typeof left === 'number' && typeof right === 'number' && compare(left, right);
  };
}

/** Numbers are added, texts joined. */
function sum(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  return typeof left === 'string' || typeof right === 'string' ? textOf(left) + textOf(right) : undefined;
}

function refused(what: string, compilation: Compilation): Evaluate {
  compilation.refuse(what);
  return NOTHING;
}
