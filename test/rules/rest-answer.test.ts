// What the client gets of a function's answer (R9–R11, R16).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureHost, hostFixture } from './fixture.ts';
import { message, send } from './raw-http.ts';
import { answerOfBody, echo, restApiTemplate } from './rest-template.ts';

const PNG = 'image/png';
let fixture: FixtureHost;
beforeAll(async () => {
  const routes = { 'POST /answer': 'Answer', 'POST /echo': 'Echo' };
  fixture = await hostFixture({ Answer: answerOfBody, Echo: echo, ...restApiTemplate(routes, { BinaryMediaTypes: [PNG] }) });
});
afterAll(() => fixture.stop());

/** The client's view of what a function gave back. */
const answered = (result: unknown, headers: readonly string[] = []) =>
  send(fixture.url, '/answer', { method: 'POST', body: typeof result === 'string' ? result : JSON.stringify(result), headers });

const valuesOf = (raw: readonly string[], name: string) => raw.filter((_, i) => i % 2 === 1 && raw[i - 1] === name);

describe('the answer of a function', () => {
  it.each([
    ['an unknown key', { statusCode: 200, cookies: [] }],
    ['a bare string', '"hello"'],
    ['null', 'null'],
    ['a list', []],
    ['a status that is no number', { statusCode: 'two' }],
    ['a status outside HTTP', { statusCode: 1000 }],
    ['a multi-value header that is no list', { statusCode: 200, multiValueHeaders: { 'X-A': 'one' } }],
    ['a header that is an object', { statusCode: 200, headers: { 'X-A': {} } }],
    ['a header that would break the response', { statusCode: 200, headers: { 'X-A': 'a\r\nb: c' } }],
    ['a body that is an object', { statusCode: 200, body: {} }],
  ])('R9: with %s is a 502', async (_, result) => {
    const answer = await answered(result);
    expect(answer).toMatchObject({ status: 502, body: message('Internal server error') });
    expect(answer.headers['x-amzn-errortype']).toBe('InternalServerErrorException');
  });

  it('R9: takes a numeric text as status, headers without a status as 200, and no body as an empty one', async () => {
    expect(await answered({ statusCode: '201' })).toMatchObject({ status: 201, body: '' });
    expect(await answered({ headers: { 'X-A': 'b' } })).toMatchObject({ status: 200, body: '' });
    expect(await answered({})).toMatchObject({ status: 200, body: '' });
    expect(await answered({ statusCode: 204, body: null })).toMatchObject({ status: 204, body: '' });
  });

  it('R9: writes booleans of headers as text, and JSON as the default type', async () => {
    const { headers } = await answered({ headers: { 'X-Yes': true, 'X-No': false } });
    expect(headers).toMatchObject({ 'x-yes': 'true', 'x-no': 'false', 'content-type': 'application/json' });
    expect((await answered({ headers: { 'content-type': 'text/plain' } })).headers['content-type']).toBe('text/plain');
  });

  it('R9: writes numbers of headers as text', async () => {
    expect((await answered({ headers: { 'X-Number': 5 } })).headers).toMatchObject({ 'x-number': '5' });
  });

  it('R9: renames headers that belong to the connection', async () => {
    const answer = await answered({
      statusCode: 200,
      body: 'abc',
      headers: { 'Content-Length': '99', 'Transfer-Encoding': 'chunked', Date: 'never' },
    });
    expect(answer).toMatchObject({ status: 200, body: 'abc' });
    expect(answer.headers).toMatchObject({
      'content-length': '3',
      'x-amzn-remapped-content-length': '99',
      'x-amzn-remapped-date': 'never',
    });
  });

  it('R10: merges headers, multi values first, in the casing of multiValueHeaders, an identical pair once', async () => {
    const { rawHeaders } = await answered({
      headers: { 'x-a': 'single', 'X-B': 'same' },
      multiValueHeaders: { 'X-A': ['one', 'two'], 'X-B': ['same'] },
    });
    expect(valuesOf(rawHeaders, 'X-A')).toEqual(['one', 'two', 'single']);
    expect(valuesOf(rawHeaders, 'x-a')).toEqual([]);
    expect(valuesOf(rawHeaders, 'X-B')).toEqual(['same']);
  });

  it('R10: sends several cookies', async () => {
    const { headers } = await answered({ statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } });
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('R11: hands a body on as base64 only if its type is a binary media type', async () => {
    const posted = async (type: string) =>
      JSON.parse(
        (await send(fixture.url, '/echo', { method: 'POST', body: Buffer.from('\u00ff', 'latin1'), headers: ['Content-Type', type] })).body,
      );
    expect(await posted(PNG)).toMatchObject({ isBase64Encoded: true, body: '/w==' });
    expect(await posted(`${PNG}; x=1`)).toMatchObject({ isBase64Encoded: true });
    expect(await posted('application/json')).toMatchObject({ isBase64Encoded: false });
  });

  it('R11: decodes an answer only if it says base64 and the first accepted type is binary', async () => {
    const base64 = { statusCode: 200, isBase64Encoded: true, body: Buffer.from('picture').toString('base64') };
    expect((await answered(base64, ['Accept', `${PNG},*/*`])).body).toBe('picture');
    expect((await answered(base64, ['Accept', `text/html,${PNG}`])).body).toBe(base64.body);
    expect((await answered(base64)).body).toBe(base64.body);
    expect((await answered({ ...base64, isBase64Encoded: false }, ['Accept', PNG])).body).toBe(base64.body);
  });

  it('R16: carries request id, gateway id and trace id, those of the event', async () => {
    const { headers, body } = await send(fixture.url, '/echo', { method: 'POST' });
    const { requestContext, headers: sent } = JSON.parse(body);
    expect(headers['x-amzn-requestid']).toBe(requestContext.requestId);
    expect(headers['x-amz-apigw-id']).toBe(requestContext.extendedRequestId);
    expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=[01]$/);
    expect(String(headers['x-amzn-trace-id'])).toContain(sent['X-Amzn-Trace-Id']);
  });

  it('R16: goes on with the trace of the client', async () => {
    const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    const { headers } = await send(fixture.url, '/echo', { method: 'POST', headers: ['X-Amzn-Trace-Id', root] });
    expect(String(headers['x-amzn-trace-id'])).toContain(root);
  });
});
