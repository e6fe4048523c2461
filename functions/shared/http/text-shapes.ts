// How orders, stock and payment say what every system has to say. Apart from their routes, which the CDK app reads without a handler.
import * as z from 'zod';
import { text } from './answer.ts';
import { DB_ERROR } from './db-error.ts';
import { generalShapes, type Shapes } from './handler.ts';

const Message = z.object({ message: z.string() });

export const textShapes: Shapes = {
  invalid: (misfit, route) =>
    misfit.kind === 'invalid'
      ? text(misfit.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '), 400)
      : generalShapes.invalid(misfit, route),
  crashed: () => text(DB_ERROR, 400),
  refused: (answer) => (answer.statusCode === 400 && answer.value !== undefined ? text(Message.parse(answer.value).message, 400) : answer),
};
