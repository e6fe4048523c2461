// SSM Parameter Store's operations through the SDK, and what its store remembers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, GetParametersByPathCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../local/log.ts';
import { type ControlApi, controlApi } from '../../local/services/control-api.ts';
import { type ParameterStore, parameterStore, ssmApi } from '../../local/services/ssm.ts';

let dataDir: string;
let control: ControlApi;
let store: ParameterStore;
let client: SSMClient;

const open = () => parameterStore({ dataDir, account: '000000000000', region: 'us-east-1' });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-parameters-'));
  store = open();
  control = await controlApi(createLog('warn'));
  ssmApi(control, store);
  client = new SSMClient({
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

it('gives one parameter, or says that there is none', async () => {
  store.put('/app/size', '3');

  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/app/size' }));

  expect(Parameter).toMatchObject({ Value: '3', Type: 'String', Version: 1, ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/app/size' });
  await expect(client.send(new GetParameterCommand({ Name: '/app' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

it('gives a secure value only to who asks for decryption', async () => {
  store.put('key', 'secret', 'SecureString');
  const get = async (WithDecryption?: boolean) =>
    (await client.send(new GetParameterCommand({ Name: 'key', WithDecryption }))).Parameter?.Value;

  expect(await get(true)).toBe('secret');
  expect(await get()).not.toBe('secret');
});

it('tells known names from unknown ones', async () => {
  store.put('a', '1');

  const answer = await client.send(new GetParametersCommand({ Names: ['a', 'b'] }));

  expect(answer.Parameters?.map(({ Name }) => Name)).toEqual(['a']);
  expect(answer.InvalidParameters).toEqual(['b']);
});

it('lists one level of a path, and all below it when asked', async () => {
  for (const name of ['/app/a', '/app/deep/b', '/apple']) store.put(name, 'x');
  const names = async (Recursive: boolean) =>
    (await client.send(new GetParametersByPathCommand({ Path: '/app', Recursive }))).Parameters?.map(({ Name }) => Name);

  expect(await names(false)).toEqual(['/app/a']);
  expect(await names(true)).toEqual(['/app/a', '/app/deep/b']);
});

it('overwrites only when told to, and counts versions', async () => {
  const put = (Value: string, Overwrite?: boolean) => client.send(new PutParameterCommand({ Name: 'n', Value, Type: 'String', Overwrite }));

  expect((await put('1')).Version).toBe(1);
  await expect(put('2')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect((await put('2', true)).Version).toBe(2);
  expect(open().get('n')).toBe('2');
});

it('leaves a value that was put later alone until the template itself changes', () => {
  store.provision('n', 'template');
  store.put('n', 'person');

  expect(open().provision('n', 'template').value).toBe('person');
  expect(open().provision('n', 'changed').value).toBe('changed');
});
