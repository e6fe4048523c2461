// A bad request in the words of this system: body `{}`, header `status` with the errors by field as a Python dict prints.
import { json } from '../shared/http/answer.ts';
import { generalShapes, type Shapes } from '../shared/http/handler.ts';
import type { Misfit } from '../shared/http/request.ts';

export const picturesShapes: Shapes = {
  ...generalShapes,
  invalid: (misfit, route) =>
    route.request.body ? json({}, 400, { status: pythonDict(errorsOf(misfit)) }) : generalShapes.invalid(misfit, route),
};

/** Errors by field in the order of the schema; what concerns the whole body stands under `_schema`. */
function errorsOf(misfit: Misfit): Map<string, string[]> {
  if (misfit.kind !== 'invalid') return new Map([['_schema', ['Invalid input type.']]]);
  const errors = new Map<string, string[]>();
  for (const { path, message } of misfit.issues) {
    const field = String(path[0] ?? '_schema');
    errors.set(field, [...(errors.get(field) ?? []), message]);
  }
  return errors;
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const pythonDict = (errors: Map<string, string[]>) =>
  `{${[...errors].map(([field, messages]) => `${quoted(field)}: [${messages.map(quoted).join(', ')}]`).join(', ')}}`;
