// Sockets of the poster: kept while they are used, left alone after a pause, in which the environment may have been frozen.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { poster } from '../../functions/messages/live/poster.ts';

let connections = 0;
const server = createServer((request, response) => void request.resume().on('end', () => response.end()));
server.on('connection', () => connections++);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
afterEach(() => void vi.useRealTimers());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('the socket of a moment ago is used again, that of a while ago is not', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { post } = poster({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ws`, region: 'eu-central-1' });
  const frame = Buffer.from('{}');

  expect([await post('a', frame), await post('b', frame)]).toEqual(['sent', 'sent']);
  expect(connections).toBe(1);
  vi.setSystemTime(Date.now() + 6_000);
  expect(await post('a', frame)).toBe('sent');
  expect(connections).toBe(2);
});
