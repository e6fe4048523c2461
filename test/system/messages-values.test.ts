// Payloads that parsers lose or mangle: said back, stored, listed and pushed as the same JSON text.
import { expect, test } from 'vitest';
import { get, idsOf, newChannel, post, refused, sent, stored, success } from './messages-client.ts';
import { about, type Listener, listening, type Stored } from './messages-listener.ts';

const KIB = 1024;
const deep = (levels: number, open = '[', close = ']', inner = '') => open.repeat(levels) + inner + close.repeat(levels);

/** The event as it came, text for text. */
const rawEvent = ({ frames }: Listener, { id, key }: Stored): string => {
  const start = `{"type":"stored","id":${id},"key":"${key}"`;
  const frame = frames.find((one) => one.includes(start)) as string;
  return frame.slice(frame.indexOf(start));
};

/** Sends `text`, and expects `expected` wherever it comes out again. */
async function comesBack(text: string, expected: string): Promise<void> {
  await listening(1, async (listener) => {
    const channel = newChannel();
    const { key, ...answer } = await post(text, `?channel=${channel}`);
    expect(answer).toMatchObject(success(text.trim()));
    const [id] = idsOf(await stored(channel, 1));

    expect(await get(`/endpoint/${id}`)).toEqual(success(`[${id},${expected}]`));
    expect(await get(`/endpoint/?channel=${channel}`)).toEqual(success(`[[${id},${expected}]]`));
    // Read from the cache now.
    expect(await get(`/endpoint/?channel=${channel}`)).toEqual(success(`[[${id},${expected}]]`));
    const event = await listener.heard('stored', about(key as string));
    if (event.truncated) {
      expect(event).toMatchObject({ id, message: null, href: `/endpoint/${id}` });
      expect(await get(event.href as string)).toEqual(success(`[${id},${expected}]`));
    } else {
      expect(rawEvent(listener, event)).toContain(`"channel":"${channel}","message":${expected},"at":"`);
      expect(event.href).toBeUndefined();
    }
    expect(event.truncated === true).toBe(Buffer.byteLength(expected) > 30_000);
  });
}

const payloads = [
  '[9007199254740993,12345678901234567890,-98765432109876543210]',
  '[1e400,-1e400,1E-400,4.9e-324,1e-324]',
  '[-0,-0.0,0.1e1,1.0,1.10,100e-2,1E+2,0e0]',
  '[0.1000000000000000055511151231257827,3.141592653589793238462643383279502884197]',
  `[${'9'.repeat(1000)}.${'1'.repeat(1000)}e-1000]`,
  '["\\ud800","\\udfff\\ud800","a\\uDC00b"]',
  '{"\\ud83d":"\\ude00"}',
  '["\\u0000","\\u0001\\u001f","\\ufffe\\uffff","\\u2028\\u2029"]',
  '["\u2028\u2029\u0085\u007f\u00a0\ufeff\u200b"]',
  '["\\u0041","\\/","\\b\\f\\n\\r\\t","\\"\\\\"]',
  '["é","e\u0301","😀","👨‍👩‍👧","𝒳","\u{10ffff}","\u{1fffe}","עברית","汉字"]',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1,"hasOwnProperty":null}',
  '{"a":1,"a":2,"a":{"b":1,"b":2}}',
  '{"b":1,"10":2,"a":3,"9":4,"-1":5,"01":6,"":7}',
  '{\n\t"a" : [ 1 ,\r\n 2 ] ,\n  "b":{ } }',
  '["</script><!--","$1 \\\\ $& #{x} {{y}} %s %00 %2B","\'; DROP TABLE messages; --","NULL"]',
  '{"message":null,"truncated":true,"href":"/endpoint/1","type":"stored","id":0,"status":"Success"}',
  '[[],{},null,true,false,"",0]',
  deep(500),
  deep(499, '{"a":', '}', '[]'),
  `["${'['.repeat(2000)}","${'\\"{'.repeat(600)}"]`,
  `[${'[],'.repeat(5_000)}0]`,
  `["${'x'.repeat(29_996)}"]`,
  `["${'x'.repeat(29_997)}"]`,
  `["${'\\"'.repeat(14_900)}"]`,
  `["${'x'.repeat(250_000)}"]`,
  `["${'\\"'.repeat(125_000)}"]`,
  `["${'€'.repeat(83_000)}"]`,
  `["${'\\u20ac'.repeat(41_000)}"]`,
  `[${'0,'.repeat(125_000)}0]`,
  `["${'x'.repeat(256 * KIB - 4)}"]`,
];

test.each(payloads.map((text): [string, string] => [text.slice(0, 80), text]))('%s', (_, text) => comesBack(text, text));

test('blanks around it are no part of it', () => comesBack(' \n\t\r {"a" : 1} \r\n', '{"a" : 1}'));

/** SQS carries no U+FFFE and U+FFFF. In JSON they can only be in strings, where the escape means the same. */
test.each([
  ['["\ufffe","\uffff"]', '["\\ufffe","\\uffff"]'],
  ['{"\uffff":"a\ufffeb"}', '{"\\uffff":"a\\ufffeb"}'],
  [`["${'\uffff'.repeat(80_000)}"]`, `["${'\\uffff'.repeat(80_000)}"]`],
])('noncharacters come back as what means the same', (text, expected) => comesBack(text, expected));

test('large ones of noncharacters are taken many at once', async () => {
  const channel = newChannel();
  const text = `["${'\uffff'.repeat(80_000)}"]`;
  await Promise.all(Array.from({ length: 8 }, () => sent(text, channel)));

  expect((await stored(channel, 8)).map(([, message]) => message)).toEqual(Array(8).fill(JSON.parse(text)));
});

test.each([
  ['501 levels', deep(501)],
  ['501 levels of objects', deep(500, '{"a":', '}', '[1]')],
  ['501 levels after a string', `["[\\\\",${deep(500)}]`],
  ['a quarter of a million levels', deep(128 * KIB)],
])('%s are refused', async (_, text) => {
  expect(await post(text)).toMatchObject(refused('Bad input.'));
});

test.each([
  ['characters', `["${'x'.repeat(256 * KIB - 3)}"]`],
  ['bytes', `["${'é'.repeat(128 * KIB - 1)}"]`],
  ['blanks around it', ` ${`["${'x'.repeat(256 * KIB - 4)}"]`}`],
  ['nonsense', 'x'.repeat(256 * KIB + 1)],
])('256 KiB and one byte is too large: %s', async (_, text) => {
  expect(await post(text)).toMatchObject({
    status: 413,
    type: 'application/json',
    body: '{"message":"The body must not be larger than 262144 bytes"}',
    key: null,
  });
});
