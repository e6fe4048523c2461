// What bundles leave out is not missed: the Kafka client and the MSK signer work as functions use them, and say so where they are used otherwise.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { replacements } from '../../lib/bundling/replacements.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'stackyard-bundle-'));
const SOURCE = `
  export { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
  export { Admin } from '@platformatic/kafka';
  export { fromNodeProviderChain } from '@aws-sdk/credential-providers';
  export { default as mysql } from 'mysql2';
  import iconv from 'iconv-lite';
  export { iconv };
  export { Sha256 } from '@aws-crypto/sha256-js';
`;

// biome-ignore lint/suspicious/noExplicitAny: what it exports is written above
let bundle: any;

beforeAll(async () => {
  const outfile = join(folder, 'bundle.mjs');
  await build({
    stdin: { contents: SOURCE, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: { ...replacements },
    banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
    logLevel: 'error',
  });
  bundle = await import(pathToFileURL(outfile).href);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('the MSK signer signs with the credentials of the environment', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');

  const { token, expiryTime } = await bundle.generateAuthToken({ region: 'eu-west-1' });

  const url = new URL(Buffer.from(token, 'base64url').toString('utf8'));
  expect(url.host).toBe('kafka.eu-west-1.amazonaws.com');
  expect(url.searchParams.get('Action')).toBe('kafka-cluster:Connect');
  expect(url.searchParams.get('X-Amz-Credential')).toMatch(/^AKIDEXAMPLE\/\d{8}\/eu-west-1\/kafka-cluster\/aws4_request$/);
  expect(url.searchParams.get('X-Amz-Security-Token')).toBe('session');
  expect(expiryTime).toBeGreaterThan(Date.now());
});

const ofTheSigner = createRequire(import.meta.resolve('aws-msk-iam-sasl-signer-js'))('@aws-crypto/sha256-js');

test('what it hashes with gives what the package in whose place it stands gives, with a secret and without', async () => {
  const data = Buffer.from('stackyärd');
  for (const secret of [undefined, 'key', data.subarray(2)]) {
    const hashes = [bundle.Sha256, ofTheSigner.Sha256].map((Hash) => new Hash(secret));
    for (const hash of hashes) {
      hash.update('stack');
      hash.update(data.subarray(5));
      hash.update(data.buffer.slice(0, 1));
    }
    const [own, original] = await Promise.all(hashes.map((hash) => hash.digest()));
    expect(Buffer.from(own).toString('hex')).toBe(Buffer.from(original).toString('hex'));
  }
});

test('without credentials in the environment the chain passes over what was left out, to its end', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');

  await expect(bundle.fromNodeProviderChain({})()).rejects.toMatchObject({ name: 'CredentialsProviderError' });
});

test('a Kafka client that asks for validation fails with the way out', () => {
  const options = { clientId: 'test', bootstrapBrokers: ['127.0.0.1:1'] };
  expect(() => new bundle.Admin({ ...options, strict: true })).toThrow('Validation was left out of the bundle');
  expect(() => new bundle.Admin({ ...options, strict: false })).not.toThrow();
});

test('the names of a MySQL handshake are encoded as they were, and no other character set is', () => {
  const encoder = bundle.iconv.getEncoder('cesu8');
  expect(encoder.write('stackyärd_状态').toString('hex')).toBe(Buffer.from('stackyärd_状态').toString('hex'));
  expect(bundle.iconv.getDecoder('cesu8').write(Buffer.from('grüße'))).toBe('grüße');
  expect(() => bundle.iconv.getEncoder('big5')).toThrow('Character set big5 was left out of the bundle');
});
