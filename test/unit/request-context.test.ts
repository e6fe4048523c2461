// The request that running code serves, and the ids that clients may choose.
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { acceptedRequestId, inRequest, requestId } from '../../functions/shared/request-context.ts';

it('travels with asynchronous calls, each request its own', async () => {
  const seen = await Promise.all(
    ['a', 'b', 'c'].map((id) =>
      inRequest({ requestId: id }, async () => {
        await turn();
        const inner = await inRequest({ requestId: `${id}2` }, async () => {
          await turn();
          return requestId();
        });
        return [requestId(), inner];
      }),
    ),
  );

  expect(seen).toEqual([
    ['a', 'a2'],
    ['b', 'b2'],
    ['c', 'c2'],
  ]);
  expect(requestId()).toBe('-');
});

it('ids that a client chooses are taken only when they are short and harmless', () => {
  const harmless = fc.stringMatching(/^[A-Za-z0-9_.:@/+=-]{1,128}$/);
  fc.assert(fc.property(harmless, (id) => acceptedRequestId(id, 'own') === id));
  fc.assert(fc.property(fc.string(), (id) => acceptedRequestId(id, 'own') === 'own' || /^[\w.:@/+=-]{1,128}$/.test(id)));

  for (const bad of ['', 'a b', 'a\nb', 'a\n', 'a\r\nset-cookie: x', '<b>', 'x'.repeat(129), 'é', '\u0000', undefined]) {
    expect(acceptedRequestId(bad, 'own')).toBe('own');
  }
});
