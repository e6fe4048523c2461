// Which upstream a run asks, as a table of what is configured, what is published and what can be reached.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { UpstreamKind } from '../../functions/cats/routes.ts';
import { answers, chosenUpstream, UpstreamSecret } from '../../functions/cats/upstream/choice.ts';

const STUB = 'http://stub.on.aws/';
const REAL = 'https://api.thecatapi.com/v1';
const configured = { kind: 'configured', url: 'http://mine/v1', key: 'k' };
const thecatapi = { kind: 'thecatapi', url: REAL, key: 'k' };
const stub = { kind: 'stub', url: 'http://stub.on.aws/v1', key: '' };
const noKey = 'there is no key for thecatapi.com';
const away = 'thecatapi.com cannot be reached';
const kept = (why: string, kind: string) => new Error(`${why}, and the stub does not replace what ${kind} gave`);

interface Row {
  url: string;
  key: string;
  stubUrl: string | undefined;
  published: UpstreamKind | null;
  reachable: boolean;
  chosen: object | Error;
}
const row = (
  url: string,
  key: string,
  stubUrl: string | undefined,
  published: UpstreamKind | null,
  reachable: boolean,
  chosen: object | Error,
): Row => ({
  url,
  key,
  stubUrl,
  published,
  reachable,
  chosen,
});

test.each<Row>([
  row('http://mine/v1', 'k', STUB, null, false, configured),
  row('http://mine/v1//', 'k', STUB, 'thecatapi', true, configured),
  row('http://mine/v1', 'k', undefined, 'stub', true, configured),
  row('http://mine/v1', '', STUB, 'stub', true, { ...configured, key: '' }),
  row('', 'k', STUB, null, true, thecatapi),
  row('', 'k', STUB, 'stub', true, thecatapi),
  row('', 'k', STUB, 'configured', true, thecatapi),
  row('', 'k', undefined, null, false, thecatapi),
  row('', '', undefined, null, false, { ...thecatapi, key: '' }),
  row('', '', STUB, null, true, stub),
  row('', '', STUB, 'stub', false, stub),
  row('', 'k', STUB, null, false, stub),
  row('', 'k', STUB, 'stub', false, stub),
  row('', 'k', STUB, 'thecatapi', false, kept(away, 'thecatapi')),
  row('', 'k', STUB, 'configured', false, kept(away, 'configured')),
  row('', '', STUB, 'thecatapi', true, kept(noKey, 'thecatapi')),
  row('', '', STUB, 'configured', true, kept(noKey, 'configured')),
])(
  'url $url, key $key, stub $stubUrl, published $published, reachable $reachable',
  async ({ url, key, stubUrl, published, reachable, chosen }) => {
    const choice = chosenUpstream({ secret: { url, key }, stubUrl, published, isReachable: async (asked) => asked === REAL && reachable });

    if (chosen instanceof Error) await expect(choice).rejects.toThrow(chosen.message);
    else expect(await choice).toEqual(chosen);
  },
);

test('nobody asks whether the real one is there where it would not be chosen', async () => {
  const isReachable = () => Promise.reject(new Error('asked'));
  expect((await chosenUpstream({ secret: { url: '', key: '' }, stubUrl: STUB, published: null, isReachable })).kind).toBe('stub');
  expect((await chosenUpstream({ secret: { url: 'http://mine', key: '' }, stubUrl: STUB, published: null, isReachable })).kind).toBe(
    'configured',
  );
});

test.each([404, 500])('any answer tells that somebody is there: %i', async (status) => {
  const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;

  expect(await answers(`http://127.0.0.1:${port}`)).toBe(true);
  await new Promise((closed) => server.close(closed).closeAllConnections());
  expect(await answers(`http://127.0.0.1:${port}`)).toBe(false);
});

test.each([{ url: 'ftp://mine', key: '' }, { url: 'mine', key: '' }, { url: '', key: 5 }, 'text', null])(
  '%j is no secret of an upstream',
  (secret) => {
    expect(UpstreamSecret.safeParse(secret).success).toBe(false);
  },
);
