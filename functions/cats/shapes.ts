// How cats says what every system has to say.
import { json } from '../shared/http/answer.ts';
import { generalShapes, type Shapes } from '../shared/http/handler.ts';

export const catsShapes: Shapes = { ...generalShapes, invalid: () => json({ message: 'bad request' }, 400) };
