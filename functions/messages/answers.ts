// What this system says, in its own words.
import * as z from 'zod';
import { type Answer, json } from '../shared/http/answer.ts';
import { generalShapes, type Shapes } from '../shared/http/handler.ts';

/** `body` is the JSON text of `{status: 'Success', message}` for a message that is text already, `outline` the same without the payloads. */
export const success = (text: string, outline: unknown, headers: Answer['headers'] = {}): Answer => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: `{"status":"Success","message":${text}}`,
  value: { status: 'Success', message: outline },
});

export const badRequest = (message: string): Answer => json({ status: '400 Bad Request', message }, 400);

/** A refusal of the general rules that is not in this system's shape yet. */
const General = z.strictObject({ message: z.string() });

export const messagesShapes: Shapes = {
  ...generalShapes,
  invalid: (misfit) => {
    if (misfit.kind !== 'invalid') return badRequest('Bad input.');
    const [issue] = misfit.issues;
    if (misfit.part === 'body') return badRequest(issue?.message ?? 'Bad input.');
    return badRequest(misfit.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  },
  refused: (answer) => {
    const general = answer.statusCode === 400 ? General.safeParse(answer.value) : undefined;
    return general?.success ? badRequest(general.data.message) : answer;
  },
};
