// Secrets Manager's operations through the SDK, and what its store remembers.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../local/log.ts';
import { type ControlApi, controlApi } from '../../local/services/control-api.ts';
import { type SecretStore, secretStore, secretsApi } from '../../local/services/secrets.ts';

let dataDir: string;
let control: ControlApi;
let store: SecretStore;
let client: SecretsManagerClient;

const open = () => secretStore({ dataDir, account: '000000000000', region: 'us-east-1' });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-secrets-'));
  store = open();
  control = await controlApi(createLog('warn'));
  secretsApi(control, store);
  client = new SecretsManagerClient({
    endpoint: control.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  await control.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const secretText = async (SecretId: string, VersionStage?: string) =>
  (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;

it('finds a secret by name, ARN and ARN without its suffix', async () => {
  const { arn } = store.put('app/db', 'text');

  for (const id of ['app/db', arn, arn.slice(0, -7)]) expect(await secretText(id)).toBe('text');
  await expect(secretText('app/d')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('gives the newest version unless the one before is asked for', async () => {
  store.put('key', 'old');

  const put = await client.send(new PutSecretValueCommand({ SecretId: 'key', SecretString: 'new' }));

  expect(await secretText('key')).toBe('new');
  expect(await secretText('key', 'AWSPREVIOUS')).toBe('old');
  await expect(secretText('key', 'AWSPENDING')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'key' }));
  expect(VersionIdsToStages).toMatchObject({ [String(put.VersionId)]: ['AWSCURRENT'] });
  expect(Object.values(VersionIdsToStages ?? {})).toContainEqual(['AWSPREVIOUS']);
});

it('lists the secrets without their values', async () => {
  store.put('key', 'hidden');

  const { SecretList } = await client.send(new ListSecretsCommand({}));

  expect(SecretList).toMatchObject([{ Name: 'key' }]);
  expect(JSON.stringify(SecretList)).not.toContain('hidden');
});

it('remembers secrets in a file that only its owner can read', () => {
  store.put('key', 'kept');

  expect(open().get('key').current.text).toBe('kept');
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('makes the text of a template anew only where the template changed', () => {
  const first = store.provision('key', '', { PasswordLength: 8 }, () => 'first');
  store.put('key', 'by a person');

  expect(open().provision('key', '', { PasswordLength: 8 }, () => 'second').current.text).toBe('by a person');
  expect(open().provision('key', '', { PasswordLength: 9 }, () => 'third')).toMatchObject({ arn: first.arn, current: { text: 'third' } });
});

it('resolves a dynamic reference by name or ARN, whole or one key of its JSON', () => {
  const { arn } = store.put('app/db', '{"password":"a:b","port":3306}');

  expect(store.resolveSecret('app/db')).toBe('{"password":"a:b","port":3306}');
  expect(store.resolveSecret('app/db:SecretString:password')).toBe('a:b');
  expect(store.resolveSecret(`${arn}:SecretString:port::`)).toBe('3306');
  expect(store.resolveSecret(`${arn}:SecretString:port:AWSCURRENT:`)).toBe('3306');
  expect(() => store.resolveSecret('app/db:SecretString:user')).toThrow('has no key user');
});
