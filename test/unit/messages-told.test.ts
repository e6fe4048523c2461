// How long messages took until their listeners were told: what the promise of the live stream is measured by.
import { expect, test } from 'vitest';
import type { Push } from '../../functions/messages/live/pushes.ts';
import { secondsUntilTold } from '../../functions/messages/live/told.ts';

const NOW = Date.parse('2026-03-29T12:00:10.000Z');
const message = (at: string) => ({ key: 'k', channel: 'c', text: '{}', at, requestId: 'r' });

test('each stored message counts from its receipt, and nothing else counts', () => {
  const stored: Push = {
    kind: 'stored',
    messages: [
      { id: 1, ...message('2026-03-29T12:00:08.500Z') },
      { id: 2, ...message('2026-03-29T12:00:09.900Z') },
    ],
  };
  const received: Push = { kind: 'received', messages: [message('2026-03-29T12:00:00.000Z')] };

  expect(secondsUntilTold([received, stored], NOW)).toEqual([1.5, 0.1]);
});

test('a clock that is ahead makes no time that is below nothing', () => {
  const ahead: Push = { kind: 'stored', messages: [{ id: 1, ...message('2026-03-29T12:00:11.000Z') }] };
  expect(secondsUntilTold([ahead], NOW)).toEqual([0]);
});
