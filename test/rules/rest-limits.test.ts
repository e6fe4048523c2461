// Failures, timeouts and sizes (R12, R13).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction, refusal } from './fixture.ts';
import { exchange, message, requestHead, send } from './raw-http.ts';
import { answerOfBody, echo, restApiTemplate } from './rest-template.ts';

const MiB = 1024 * 1024;
const failing = nodeFunction('export const handler = async () => { throw new Error("secret detail"); };');
const waiting = nodeFunction('export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000, { statusCode: 200 }));', {
  Timeout: 1,
});
const once = nodeFunction('export const handler = () => new Promise((resolve) => setTimeout(resolve, 300, { statusCode: 200 }));', {
  ReservedConcurrentExecutions: 1,
});
const size = nodeFunction(
  'export const handler = async ({ body }) => ({ statusCode: 200, body: String(Buffer.byteLength(body ?? "")) });',
  { MemorySize: 512 },
);

let fixture: FixtureHost;
beforeAll(async () => {
  const routes = {
    'GET /failing': 'Failing',
    'GET /timeout': 'Waiting',
    'GET /slow': { to: 'Waiting', integration: { TimeoutInMillis: 60 } },
    'GET /once': 'Once',
    'POST /size': 'Size',
    'POST /echo': 'Echo',
    'POST /answer': 'Answer',
  };
  fixture = await hostFixture(
    { Failing: failing, Waiting: waiting, Once: once, Size: size, Echo: echo, Answer: answerOfBody, ...restApiTemplate(routes) },
    { log: () => undefined } as object,
  );
});
afterAll(() => fixture.stop());

describe('failures', () => {
  it('R12: a function that throws is a 502 that says nothing of it', async () => {
    const answer = await send(fixture.url, '/failing');
    expect(answer).toMatchObject({ status: 502, body: message('Internal server error') });
    expect(answer.headers['x-amzn-errortype']).toBe('InternalServerErrorException');
  });

  it('R12: a function that runs out of its own time is a 502', async () => {
    expect(await send(fixture.url, '/timeout')).toMatchObject({ status: 502, body: message('Internal server error') });
  });

  it('R12: an integration that takes too long is a 504', async () => {
    expect(await send(fixture.url, '/slow')).toMatchObject({ status: 504, body: message('Endpoint request timed out') });
  });

  it('R12: a throttled function is a 500, no 429', async () => {
    const answers = await Promise.all([send(fixture.url, '/once'), send(fixture.url, '/once')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
  });

  it('R12: refuses an integration timeout under 50 ms at start', async () => {
    const routes = { 'GET /': { to: 'Echo', integration: { TimeoutInMillis: 49 } } };
    await expect(hostFixture({ Echo: echo, ...restApiTemplate(routes) })).rejects.toThrow(refusal('49 ms'));
  });
});

const head = (path: string) => requestHead(fixture.url, 'POST', path);

describe('sizes', () => {
  it('R13: hands on a body of 6 million bytes, and answers 413 to what Lambda would not take', async () => {
    const post = (bytes: number) => send(fixture.url, '/size', { method: 'POST', body: 'x'.repeat(bytes) });
    expect(await post(6_000_000)).toMatchObject({ status: 200, body: '6000000' });
    expect(await post(6_300_000)).toMatchObject({ status: 413, body: message('Request Too Long') });
  });

  it('R13: answers 413 to a body over 10 MB, announced or not', async () => {
    const announced = await exchange(fixture.url, `${head('/size')}Content-Length: ${10 * MiB + 1}\r\n\r\n`, 'Too Long');
    expect(announced).toContain('HTTP/1.1 413');
    const chunks = `${MiB.toString(16)}\r\n${'x'.repeat(MiB)}\r\n`.repeat(11);
    const chunked = await exchange(fixture.url, `${head('/size')}Transfer-Encoding: chunked\r\n\r\n${chunks}`, 'Too Long');
    expect(chunked).toContain('HTTP/1.1 413');
  });

  it('R13: asks for a body with 100 Continue only if it will read it', async () => {
    const asking = (path: string, length: number) => `${head(path)}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
    expect(await exchange(fixture.url, asking('/size', 3), '\r\n\r\n')).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    expect(await exchange(fixture.url, asking('/size', 11 * MiB), 'Too Long')).toMatch(/^HTTP\/1.1 413/);
    expect(await exchange(fixture.url, asking('/unknown', 3), 'Token')).toMatch(/^HTTP\/1.1 403/);
  });

  it('R13: answers 413 to more than 10,240 bytes of headers', async () => {
    const headersOf = (bytes: number) => ['X-Large', 'x'.repeat(bytes)];
    expect(await send(fixture.url, '/echo', { method: 'POST', headers: headersOf(9_000) })).toMatchObject({ status: 200 });
    expect(await send(fixture.url, '/echo', { method: 'POST', headers: headersOf(10_240) })).toMatchObject({ status: 413 });
  });

  it('R13: keeps the connection after a refused body', async () => {
    const refused = `${head('/size')}Content-Length: ${10 * MiB + 1}\r\n\r\n${'x'.repeat(10 * MiB + 1)}`;
    const next = `${head('/size')}Content-Length: 2\r\nConnection: close\r\n\r\nok`;
    const both = await exchange(fixture.url, refused + next, '\r\n\r\n2');
    expect(both.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
  });
});
