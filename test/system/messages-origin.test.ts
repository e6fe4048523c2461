// Who may open the WebSocket: pages of the address that they came by, and programs. Pages of other sites may not, in nobody's name.
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { url } from './application.ts';

const { origin, host } = new URL(url);

/** `open`, or the status of the refusal. */
async function dialled(headers: Record<string, string>): Promise<'open' | number> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers });
  const refused = once(socket, 'unexpected-response').then(([request, response]) => {
    request.destroy();
    return response.statusCode as number;
  });
  const opened = once(socket, 'open').then(() => 'open' as const);
  const outcome = await Promise.race([opened, refused]);
  if (outcome === 'open') {
    socket.close();
    await once(socket, 'close');
  }
  return outcome;
}

test('a page of this site may listen', async () => {
  expect(await dialled({ Origin: origin })).toBe('open');
});

test('a program may listen, which names no origin', async () => {
  expect(await dialled({})).toBe('open');
});

test.each([
  ['another site', 'https://evil.example'],
  ['the same machine and another port', 'http://localhost:3'],
  ['a name that ends with ours', `http://evil.${host}`],
  ['a file', 'null'],
])('a page of %s may not', async (_, from) => {
  expect(await dialled({ Origin: from })).toBe(403);
});

test('a header that names the address of another site changes nothing: the edge writes its own', async () => {
  expect(await dialled({ Origin: 'https://evil.example', 'X-Viewer-Host': 'evil.example' })).toBe(403);
  expect(await dialled({ Origin: origin, 'X-Viewer-Host': 'evil.example' })).toBe('open');
});
