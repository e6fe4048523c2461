// CAT_API_URL and CAT_API_KEY of `npm start`, and the secret that they go to.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rememberUpstream, UPSTREAM_SECRET, upstreamOf } from '../../local/app/cat-upstream.ts';
import { type SecretStore, secretStore } from '../../local/services/secrets.ts';

const EMPTY = '{"url":"","key":""}';

let dataDir: string;
let store: SecretStore;

/** As each start finds it: the template says the empty one. */
const started = () => {
  store = secretStore({ dataDir, account: '000000000000', region: 'us-east-1' });
  store.provision(UPSTREAM_SECRET, '', { SecretString: EMPTY }, () => EMPTY);
};
const remember = (variables: NodeJS.ProcessEnv) => rememberUpstream(upstreamOf(variables), store);
const stored = () => JSON.parse(store.get(UPSTREAM_SECRET).current.text) as unknown;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-upstream-'));
  started();
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('puts what is set into the secret, and keeps the other key', () => {
  remember({ CAT_API_KEY: 'live_1' });
  expect(stored()).toEqual({ url: '', key: 'live_1' });
  remember({ CAT_API_URL: 'http://127.0.0.1:9000/v1' });
  expect(stored()).toEqual({ url: 'http://127.0.0.1:9000/v1', key: 'live_1' });
});

it('keeps what an earlier start put there, until a variable is empty', () => {
  remember({ CAT_API_URL: 'https://cats.example/v1', CAT_API_KEY: 'live_1' });
  started();
  remember({});
  expect(stored()).toEqual({ url: 'https://cats.example/v1', key: 'live_1' });
  remember({ CAT_API_URL: '' });
  expect(stored()).toEqual({ url: '', key: 'live_1' });
});

it.each(['cats.example/v1', 'ftp://cats.example', 'nonsense'])('says what an address is for %s', (url) => {
  expect(() => upstreamOf({ CAT_API_URL: url })).toThrow('CAT_API_URL takes an http address');
});

it('makes no secret where the application has none', () => {
  const other = secretStore({ dataDir: join(dataDir, 'other'), account: '000000000000', region: 'us-east-1' });
  rememberUpstream(upstreamOf({}), other);
  expect(() => rememberUpstream(upstreamOf({ CAT_API_KEY: 'live_1' }), other)).toThrow(UPSTREAM_SECRET);
  expect(other.all()).toEqual([]);
});
