// The small parts of the live stream: frames, pieces of history, signatures.
import aws4 from 'aws4';
import { describe, expect, it } from 'vitest';
import { FRAME_BYTES, MAX_MESSAGE_BYTES, receivedEvent, storedEvent } from '../../functions/messages/live/event.ts';
import { frames } from '../../functions/messages/live/frames.ts';
import { pieceOfHistory } from '../../functions/messages/live/history.ts';
import { signer } from '../../functions/messages/live/signature.ts';
import { message } from './messages-stream-fixture.ts';

describe('frames', () => {
  const events = Array.from({ length: 40 }, (_, index) => JSON.stringify({ index, text: 'x'.repeat(1000) }));

  it('are an event each for few connections', () => expect(frames(events.slice(0, 8), 4)).toEqual(events.slice(0, 8)));

  it('are arrays for many, each within the limit, with every event once and in order', () => {
    const all = frames(events, 200);
    expect(all.every((frame) => Buffer.byteLength(frame) <= FRAME_BYTES)).toBe(true);
    expect(all.length).toBe(2);
    expect(all.flatMap((frame) => JSON.parse(frame))).toEqual(events.map((event) => JSON.parse(event)));
  });

  it('hold one event as itself, also where the next does not fit beside it', () => {
    const large = `"${'x'.repeat(31_990)}"`;
    expect(frames([large, '{"small":1}', large], 200).map((frame) => frame.slice(0, 11))).toEqual([
      large.slice(0, 11),
      '{"small":1}',
      large.slice(0, 11),
    ]);
  });

  it('have room for the largest payload that is sent along', () => {
    const largest = {
      ...message('k'.repeat(36), 'c'.repeat(64)),
      text: `"${'x'.repeat(MAX_MESSAGE_BYTES - 2)}"`,
      requestId: 'r'.repeat(128),
    };
    expect(Buffer.byteLength(storedEvent({ ...largest, id: Number.MAX_SAFE_INTEGER }))).toBeLessThan(FRAME_BYTES);
  });
});

describe('events', () => {
  it('carry the payload as the text that it is', () => {
    const text = '{"big":12345678901234567890,"huge":1e400,"__proto__":{"a":"\\ud800"}}';
    expect(storedEvent({ ...message('k'), text, id: 7 })).toContain(`"message":${text},`);
    expect(receivedEvent({ ...message('k'), text })).toContain(`"message":${text},`);
  });

  it('say where a payload is that is too large for a frame', () => {
    expect(JSON.parse(storedEvent({ ...message('k'), text: '', id: 7 }))).toMatchObject({
      message: null,
      truncated: true,
      href: '/endpoint/7',
    });
    expect(JSON.parse(receivedEvent({ ...message('k'), text: '' }))).not.toHaveProperty('href');
  });
});

describe('a piece of history', () => {
  const stored = (count: number, text = '{}') =>
    Array.from({ length: count }, (_, index) => ({ ...message(`m${index}`), text, id: index + 1 }));
  const repository = (all: ReturnType<typeof stored>) => ({
    read: async ({ after, through, limit }: { after: number; through: number; limit: number }) =>
      all.filter(({ id }) => id > after && id <= through).slice(0, limit),
  });

  it('reaches to the end where that is all', async () => {
    expect(await pieceOfHistory(repository(stored(3)), 1, 10, undefined)).toMatchObject({ messages: [{ id: 2 }, { id: 3 }], through: 10 });
  });

  it('reads nothing where nothing can be', async () => {
    expect(await pieceOfHistory(repository(stored(3)), 3, 3, undefined)).toEqual({ messages: [], through: 3 });
  });

  it('ends after 200 messages, and after half a million characters, with at least one', async () => {
    expect((await pieceOfHistory(repository(stored(500)), 0, 500, undefined)).through).toBe(200);
    expect((await pieceOfHistory(repository(stored(200)), 0, 200, undefined)).through).toBe(200);
    expect((await pieceOfHistory(repository(stored(9, 'x'.repeat(200_000))), 0, 9, undefined)).through).toBe(3);
    expect((await pieceOfHistory(repository(stored(2, 'x'.repeat(600_000))), 0, 2, undefined)).through).toBe(1);
  });
});

describe('the signature', () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret/+', sessionToken: undefined };
  const clock = () => new Date('2026-03-04T05:06:07.890Z');

  it.each([
    ['POST', 'a text with ü', undefined],
    ['POST', '[]', 'a+session/token=='],
    ['DELETE', '', undefined],
  ] as const)('of %s is the one that aws4 makes', (method, body, sessionToken) => {
    const path = '/ws/@connections/L0SM9cOFvHcCIhw%3D';
    const sign = signer('eu-west-1', () => ({ ...credentials, sessionToken }), clock);
    sign({ method, host: 'other', path: '/x', body: Buffer.from('another') });
    const expected = aws4.sign(
      {
        method,
        host: 'abc.execute-api.eu-west-1.amazonaws.com',
        path,
        body,
        service: 'execute-api',
        region: 'eu-west-1',
        headers: { 'x-amz-date': '20260304T050607Z' },
        extraHeadersToIgnore: { 'content-type': true, 'content-length': true },
      } as Parameters<typeof aws4.sign>[0],
      { ...credentials, ...(sessionToken === undefined ? {} : { sessionToken }) } as Parameters<typeof aws4.sign>[1],
    );
    expect(sign({ method, host: 'abc.execute-api.eu-west-1.amazonaws.com', path, body: Buffer.from(body) }).authorization).toBe(
      expected.headers?.Authorization,
    );
  });
});
