// Frames and payloads of `/live` as text: what was sent is what is shown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsOf } from '../../web/live/frame.ts';
import { elements, members, pretty } from '../../web/live/json-text.ts';
import { measurements } from '../../web/live/measurements.ts';

const payload = '{"b":1e400,"a":12345678901234567890,"message":"}],\\"{[","__proto__":{"x":"\\ud800"}, "e":-0.10E+2}';
const frame = (message: string) =>
  `{"type":"stored","id":7,"key":"k","channel":"c","message":${message},"at":"2026-01-02T03:04:05.678Z","requestId":"r"}`;

test('a payload is the text that was sent, also where it names what the frame names', () => {
  expect(eventsOf(frame(payload))).toEqual([
    {
      type: 'stored',
      message: { id: 7, key: 'k', channel: 'c', at: Date.UTC(2026, 0, 2, 3, 4, 5, 678), text: payload, href: undefined, requestId: 'r' },
    },
  ]);
});

test('a frame of several events gives them in order, and leaves out what is not known', () => {
  const text = ` [ ${frame('[1,2]')} ,{"type":"news"},null, {"type":"resumed","after":1,"through":7}] `;
  expect(eventsOf(text).map((event) => [event.type, 'message' in event && event.message.text])).toEqual([
    ['stored', '[1,2]'],
    ['resumed', false],
  ]);
});

test.each(['nonsense', '', '5', 'null', '"text"', '{"type":"stored"}'])('a frame that is none, %j, breaks nothing', (text) => {
  expect(() => eventsOf(text)).not.toThrow();
});

test('a payload that is too large for a frame has an address instead', () => {
  const [event] = eventsOf('{"type":"stored","id":7,"message":null,"truncated":true,"at":"2026-01-02T03:04:05Z","href":"/endpoint/7"}');
  expect(event).toMatchObject({ message: { text: undefined, href: '/endpoint/7' } });
});

test('laid out, numbers and strings stay what they were', () => {
  expect(pretty('{"a":[1e400,12345678901234567890],"b":{},"c":[ ],"d":"{\\"x\\": [1]}"}')).toBe(
    ['{', '  "a": [', '    1e400,', '    12345678901234567890', '  ],', '  "b": {},', '  "c": [],', '  "d": "{\\"x\\": [1]}"', '}'].join(
      '\n',
    ),
  );
});

test('any JSON comes apart where it should, and is laid out as JSON.stringify would', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const parsed = JSON.parse(text);
      expect([...members(text)].map(([name, raw]) => [name, JSON.parse(raw)])).toEqual(Object.entries(parsed));
      expect(pretty(text)).toBe(JSON.stringify(parsed, null, 2));
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(elements(text).map((raw) => JSON.parse(raw))).toEqual(JSON.parse(text));
    }),
  );
});

test('latency is that of the last hundred, by values that were seen; the rate is that of the last two seconds', () => {
  const measured = measurements();
  expect(measured.summary(0)).toEqual({ received: undefined, stored: undefined, trace: [], perSecond: 0 });
  for (let n = 1; n <= 150; n++) measured.stored(n, n * 100);
  const { stored, trace, perSecond } = measured.summary(15_000);
  expect(stored).toEqual({ median: 100, p99: 149 });
  expect(trace).toEqual(Array.from({ length: 100 }, (_, index) => 51 + index));
  expect(perSecond).toBe(10);
  expect(measured.summary(20_000).perSecond).toBe(0);
});
