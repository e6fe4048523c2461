// MiniStack 1.5.33. It takes the contract suites; of the rules, which compare targets one by one, nothing was run there.
import { lacking } from '../../emulators/ministack/lacking.ts';
import type { Differences } from '../support/target.ts';

const because = (reason: string, tests: readonly string[]) => Object.fromEntries(tests.map((test) => [test, reason]));

export const differences: Differences = {
  rules: { differs: {}, notApplicable: {} },
  system: {
    differs: {
      ...because(`No checkout: ${lacking.checkout}.`, [
        'checkout.test.ts',
        'checkout-idempotency.test.ts',
        'checkout-race.test.ts',
        'checkout-request-id.test.ts',
        'checkout-together.test.ts',
        'checkout-operations.test.ts: the list of sagas > has everything but their steps',
        'checkout-operations.test.ts: the list of sagas > has the oldest first, and as many as were asked for',
        'checkout-operations.test.ts: the audit > agrees, and counts what was bought since',
        'checkout-story.test.ts: a success goes forward, under the id of the request that began it',
        'checkout-story.test.ts: a refusal ends at the step that refused, and names the item',
        'checkout-story.test.ts: a compensation goes back in reverse',
        'checkout-story.test.ts: attempts are told from the first to the last',
        'checkout-story.test.ts: keys come in the order of the documentation',
        'metrics.test.ts: orders POST /orders/checkout/{order_id} 400: each slow request is in the next scrape',
        'metrics.test.ts: checkouts are counted by their outcome, once each',
        'metrics-burst.test.ts: * checkouts over a few connections are *',
        'metrics-gauges.test.ts: a saga is counted in the state that it comes to',
        'orders.test.ts: adding items > to a paid order is refused',
        'orders.test.ts: batch_init > again sets those orders back, also paid ones, which can be checked out again',
        'orders-ids.test.ts: * > cannot be checked out',
        'orders-ids.test.ts: an id with a space at the end > is not the one without',
        'orders-model.test.ts',
        'orders-paths.test.ts: a slash at the end changes nothing > of a checkout',
        'orders-paths.test.ts: a body, which no route here asks for > is ignored: *',
        'orders-paths.test.ts: a body, which no route here asks for > of a checkout is never read, however large',
        'orders-paths.test.ts: a body, which no route here asks for > of a type that nobody knows is refused by a checkout, and nothing happens',
      ]),
      ...because(
        'Paths are decoded before they are routed, and path parameters once more: `%2F` parts segments, `%252F` arrives as a slash, and what is not encoded properly passes. On AWS a path is routed, and arrives, as it was sent (R4).',
        [
          "general-paths.test.ts: below the API's paths > a path that is not properly encoded is a bad request",
          'orders-ids.test.ts: *%2F* > is no order, item or user',
          'orders-ids.test.ts: *%2F* > cannot be changed',
          'orders-ids.test.ts: a%252Fb > is no order, item or user',
          'orders-ids.test.ts: a%252Fb > cannot be changed',
          'orders-ids.test.ts: the user of a new order > comes back as it was sent: a%2Fb',
          'pictures-result.test.ts: an unknown id > is 202 and said so: /api/a%2Fb',
          'cats-breed.test.ts: an id that is nearly one is not found',
          'cats-breed.test.ts: an odd id is not found: "/"',
          'cats-breed.test.ts: an odd id is not found: "//"',
          'messages-fuzz.test.ts: * requests (seed *)',
        ],
      ),
      ...because('Empty segments of a path do not count: `/api//` is `/api`. On AWS they are segments (R5).', [
        "general-paths.test.ts: below the API's paths > GET /api// is not found, in JSON",
      ]),
      ...because(
        "A body over 10 MB is handed to the function, which refuses it in words of its own. AWS documents API Gateway's limit of 10 MB, which answers 413 `Request Too Long` (R13).",
        ["general-bodies.test.ts: a body over API Gateway's own 10 MB is 413, in its words"],
      ),
      ...because('Headers have no limit. AWS documents 10,240 bytes for all of them together (R13).', [
        'general-bodies.test.ts: headers over 10 KB are a clear refusal',
      ]),
      ...because(
        'Not of MiniStack alone: an environment takes one event at a time there, as on AWS (L1), and each environment makes a report of its own. On the embedded host one takes sixteen.',
        ['workers.test.ts: GET /api/workers > is observed once for all who ask at the same time'],
      ),
    },
    notApplicable: {},
  },
};
