// Function URLs: what becomes of a function's answer, and of its failures (U2, U5–U7).
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { echo, urlOf } from './function-url-fixture.ts';
import { exchange, requestHead, send } from './raw-http.ts';

/** Does what the body says. */
const told = nodeFunction(
  `export const handler = async ({ body, requestContext }, context) => {
    const { value, fail, hang, ids, letters } = JSON.parse(body);
    if (fail) throw new Error(fail);
    if (hang) await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (letters) return 'x'.repeat(letters);
    return ids ? [requestContext.requestId, context.awsRequestId] : value;
  };`,
  { Timeout: 1 },
);

let fixture: FixtureHost;

beforeAll(async () => {
  fixture = await hostFixture({
    Told: told,
    ToldUrl: urlOf('Told'),
    Closed: { ...echo, Properties: { ...echo.Properties, ReservedConcurrentExecutions: 0 } },
    ClosedUrl: urlOf('Closed'),
    Gone: nodeFunction('export const handler = async () => undefined;'),
    GoneUrl: urlOf('Gone'),
  });
});
afterAll(() => fixture?.stop());

const JSON_TYPE = ['Content-Type', 'application/json'];
const ask = (wanted: object, url = 'ToldUrl', more: readonly string[] = []) =>
  send(fixture.attribute(url, 'FunctionUrl'), '/', { method: 'POST', headers: [...JSON_TYPE, ...more], body: JSON.stringify(wanted) });

test("U2: the request's id is the invocation's, and the answer names it", async () => {
  const { headers, body } = await ask({ ids: true });
  const id = headers['x-amzn-requestid'];
  expect(JSON.parse(body)).toEqual([id, id]);
});

test('U5: status, headers, cookies and body are those of the answer; the type is JSON unless it says another', async () => {
  const headers = { 'My-Header': 'Custom', Number: 5, Flag: true, None: null, 'Content-Length': '999', Connection: 'close' };
  const answer = await ask({ value: { statusCode: 201, headers, body: 'done', cookies: ['a=1; Max-Age=78000', 'b=2'] } });

  expect([answer.status, answer.body]).toEqual([201, 'done']);
  expect(answer.rawHeaders).toContain('My-Header');
  expect(answer.headers).toMatchObject({
    'my-header': 'Custom',
    number: '5',
    flag: 'true',
    'content-type': 'application/json',
    'content-length': '4',
    'x-amzn-remapped-content-length': '999',
    'x-amzn-remapped-connection': 'close',
    'set-cookie': ['a=1; Max-Age=78000', 'b=2'],
  });
  expect(answer.headers).not.toHaveProperty('none');
  expect((await ask({ value: { statusCode: 200, headers: { 'content-type': 'text/csv' } } })).headers['content-type']).toBe('text/csv');
});

test('U5: a status as text counts, and one without a body is empty', async () => {
  expect(await ask({ value: { statusCode: '418', body: "i'm a teapot" } })).toMatchObject({ status: 418, body: "i'm a teapot" });
  expect(await ask({ value: { statusCode: 200 } })).toMatchObject({ status: 200, body: '' });
  const empty = await ask({ value: { statusCode: 204, body: 'never sent' } });
  expect([empty.status, empty.body, empty.headers['content-length']]).toEqual([204, '', undefined]);
});

test('U5: a body in base64 is decoded, whatever the client accepts', async () => {
  const value = { statusCode: 200, headers: { 'Content-Type': 'image/png' }, body: 'iVBORw==', isBase64Encoded: true };
  const { bytes } = await ask({ value }, 'ToldUrl', ['Accept', 'text/html']);
  expect(bytes).toEqual(Buffer.from('iVBORw==', 'base64'));
});

test.for([
  [{ hello: 'world' }, '{"hello":"world"}'],
  [{ statusCode: null, body: 'x' }, '{"statusCode":null,"body":"x"}'],
  [['hello', 3, true], '["hello",3,true]'],
  ['hello', 'hello'],
  [3.1, '3.1'],
  [true, 'true'],
] as const)('U6: %j without a status is a 200 in JSON', async ([value, body]) => {
  expect(await ask({ value })).toMatchObject({ status: 200, body, headers: { 'content-type': 'application/json' } });
});

test('U6: an answer of nothing is null', async () => {
  expect(await ask({}, 'GoneUrl')).toMatchObject({ status: 200, body: 'null' });
});

test.for([
  ['a throw', { fail: 'no' }],
  ['a time-out', { hang: true }],
  ['more than 6 MB', { letters: 6_300_000 }],
  ['a status that is no number', { value: { statusCode: 'fine' } }],
  ['a status out of range', { value: { statusCode: 99 } }],
  ['a body that is an object', { value: { statusCode: 200, body: {} } }],
  ['headers that are a list', { value: { statusCode: 200, headers: ['a'] } }],
  ['a header that is a list', { value: { statusCode: 200, headers: { a: ['b'] } } }],
  ['a header that cannot be sent', { value: { statusCode: 200, headers: { a: 'line\nbreak' } } }],
  ['cookies that are no list', { value: { statusCode: 200, cookies: 'a=1' } }],
] as const)('U7: %s is a 502 Internal Server Error', async ([, wanted]) => {
  expect(await ask(wanted)).toMatchObject({ status: 502, body: 'Internal Server Error' });
});

test('U7: a throttled function is a 429', async () => {
  const { status, headers, body } = await ask({}, 'ClosedUrl');
  expect([status, headers['x-amzn-errortype']]).toEqual([429, 'TooManyRequestsException']);
  expect(JSON.parse(body)).toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', message: 'Rate Exceeded.' });
});

test('U7: a request over 6 MB is a 413, announced or not, also when only its event is, and the connection goes on', async () => {
  const url = fixture.attribute('ToldUrl', 'FunctionUrl');
  const head = (framing: string, type = 'text/plain') => `${requestHead(url, 'POST', '/')}Content-Type: ${type}\r\n${framing}\r\n\r\n`;
  const mebibyte = 'x'.repeat(2 ** 20);
  expect(await exchange(url, head('Content-Length: 6291457\r\nExpect: 100-continue'), 'InvokeFunction')).toMatch(/^HTTP\/1.1 413/);
  const chunked = head('Transfer-Encoding: chunked') + `100000\r\n${mebibyte}\r\n`.repeat(7);
  expect(await exchange(url, chunked, 'InvokeFunction')).toMatch(/^HTTP\/1.1 413/);
  // In base64 it is a third longer.
  const inBase64 = head(`Content-Length: ${5 * 2 ** 20}`, 'image/png') + mebibyte.repeat(5);
  const next = `${head('Content-Length: 14', 'application/json')}{"value":"on"}`;
  expect((await exchange(url, inBase64 + next, 'HTTP/1.1 200')).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
});
