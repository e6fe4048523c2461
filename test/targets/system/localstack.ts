// Where the application behaves otherwise on LocalStack 4.14.0 than its contract says: what LocalStack does, and what AWS documents.
import { because } from '../../support/target-entries.ts';

export const localstackDiffers: Readonly<Record<string, string>> = {
  ...because(
    'Templates get path parameters as they were sent, encoded: the id of an order is looked for with its `%`. AWS does not document which; the embedded host decodes, as AWS does for `$input.params()` of queries.',
    ['orders-ids.test.ts: *%* > cannot be checked out', 'orders-ids.test.ts: an id with a space at the end > is not the one without'],
  ),
  ...because('A `;` ends a segment of a path: `%26amp;` arrives as `&amp`, `1;--` as `1`. On AWS a path arrives as it was sent (R4).', [
    'orders-ids.test.ts: %26amp; > is no order, item or user',
    'orders-amounts.test.ts: * > takes no other than an integer within the limits, and says what it takes',
    'orders-amounts.test.ts: a quantity is at least 1',
  ]),
  ...because('Empty segments of a path do not count: `/api//` is `/api`. On AWS they are segments (R5).', [
    "general-paths.test.ts: below the API's paths > GET /api// is not found, in JSON",
  ]),
  ...because('A body that calls itself a form is read as one, and arrives empty. On AWS a body is text whatever its type says (R11).', [
    'pictures-request.test.ts: the body is JSON whatever its content type says: application/x-www-form-urlencoded',
    'messages.test.ts: POST > a slash at the end never matters, nor does the content type',
    'orders-paths.test.ts: a body, which no route here asks for > is ignored: a form',
  ]),
  ...because(
    'The template `$default`, which the stage has for it, is for any type of body. AWS documents templates by media types only, and 415 for others.',
    [
      'orders-paths.test.ts: a body, which no route here asks for > of a type that nobody knows is refused by a checkout, and nothing happens',
    ],
  ),
  ...because("Requests have no limits. AWS documents API Gateway's: 10 MB a body, 10,240 bytes of headers; a 413 each (R13).", [
    "general-bodies.test.ts: a body over API Gateway's own 10 MB is 413, in its words",
    'general-bodies.test.ts: headers over 10 KB are a clear refusal',
  ]),
  ...because(
    "A path that is not properly encoded is decoded as far as it can be, and odd bytes in headers are refused by the server under it, without a content type. On AWS the one is a 400 in API Gateway's words, the other passes.",
    [
      "general-paths.test.ts: below the API's paths > a path that is not properly encoded is a bad request",
      'messages-fuzz.test.ts: * requests (seed *)',
    ],
  ),
  ...because(
    'Not of LocalStack alone: an environment takes one event at a time there, as on AWS (L1), and each environment makes a report of its own. On the embedded host one takes sixteen.',
    ['workers.test.ts: GET /api/workers > is observed once for all who ask at the same time'],
  ),
};
