// Requests to `@connections` out of bytes, however these are cut.
import { expect, it } from 'vitest';
import { requestReader } from '../../local/gateway/websocket/request-reader.ts';

const post = (path: string, body: string, more = '') =>
  Buffer.from(`POST ${path} HTTP/1.1\r\nhost: here\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const shown = ({ requests, broken }: ReturnType<ReturnType<typeof requestReader>>) => [
  ...requests.map(({ method, url, body }) => `${method} ${url} ${body}`),
  ...(broken ? ['broken'] : []),
];

const both = Buffer.concat([post('/ws/a', 'grüße'), Buffer.from('DELETE /ws/b HTTP/1.1\r\nhost: here\r\n\r\n'), post('/ws/c', '')]);
const expected = ['POST /ws/a grüße', 'DELETE /ws/b ', 'POST /ws/c '];

it('several in one chunk are read in their order', () => {
  expect(shown(requestReader()(both))).toEqual(expected);
});

it('cut at every place they are the same', () => {
  for (let at = 1; at < both.length; at++) {
    const read = requestReader();
    expect([...shown(read(both.subarray(0, at))), ...shown(read(both.subarray(at)))]).toEqual(expected);
  }
});

it('byte by byte they are the same', () => {
  const read = requestReader();
  expect([...both].flatMap((byte) => shown(read(Buffer.from([byte]))))).toEqual(expected);
});

it.each([
  ['garbage', 'garbage\r\n\r\n'],
  ['another version', 'POST /ws/a HTTP/1.0\r\ncontent-length: 0\r\n\r\n'],
  ['a body in chunks', 'POST /ws/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['a body beyond all limits', 'POST /ws/a HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n'],
  ['a head without end', 'x'.repeat(20_000)],
])('%s is refused, and what came before it is not', (_, text) => {
  expect(shown(requestReader()(Buffer.concat([post('/ws/a', '1'), Buffer.from(text)])))).toEqual(['POST /ws/a 1', 'broken']);
});
