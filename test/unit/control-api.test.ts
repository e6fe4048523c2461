// The one port of AWS's control APIs: what it answers to the SDK and to what it does not know.
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsError, type ControlApi, controlApi } from '../../local/services/control-api.ts';

const lines: string[] = [];
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let control: ControlApi;
let secrets: SecretsManagerClient;

beforeEach(async () => {
  lines.length = 0;
  control = await controlApi((level, source, message) => void lines.push(`${level} ${source} ${message}`));
  secrets = new SecretsManagerClient({ endpoint: control.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});

afterEach(() => control.stop());

it('answers a JSON operation with its output and a request id', async () => {
  control.json('secretsmanager', { GetSecretValue: ({ SecretId }: { SecretId: string }) => ({ Name: SecretId }) });

  const answer = await secrets.send(new GetSecretValueCommand({ SecretId: 'db' }));

  expect(answer.Name).toBe('db');
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

it('gives the SDK a modelled error by its class', async () => {
  control.json('secretsmanager', {
    GetSecretValue() {
      throw new AwsError('ResourceNotFoundException', 'no such secret');
    },
  });

  const answer = secrets.send(new GetSecretValueCommand({ SecretId: 'db' }));

  await expect(answer).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'no such secret',
    $metadata: { httpStatusCode: 400 },
  });
  expect(lines).toEqual([]);
});

it('matches a REST operation by method and decoded path, and its error by the header', async () => {
  const lambda = new LambdaClient({ endpoint: control.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  control.rest('GET', '/2015-03-31/functions/{name}', async ({ params }) => {
    if (params.name !== 'arn:aws:lambda:us-east-1:0:function:f') throw new AwsError('ResourceNotFoundException', `no ${params.name}`, 404);
    return { status: 200, body: JSON.stringify({ Configuration: { FunctionName: params.name } }) };
  });

  const found = await lambda.send(new GetFunctionCommand({ FunctionName: 'arn:aws:lambda:us-east-1:0:function:f' }));

  expect(found.Configuration?.FunctionName).toBe('arn:aws:lambda:us-east-1:0:function:f');
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'g' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'no g',
  });
});

it('names an operation that nobody offers, to the caller and in the log', async () => {
  await expect(secrets.send(new ListSecretsCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });

  expect(lines).toEqual([expect.stringContaining('error control-api secretsmanager.ListSecrets is not among')]);
});

it('logs the stack of an operation that broke and answers 500', async () => {
  control.json('secretsmanager', {
    ListSecrets() {
      throw new TypeError('broken here');
    },
  });

  await expect(secrets.send(new ListSecretsCommand({}))).rejects.toMatchObject({
    name: 'InternalFailure',
    $metadata: { httpStatusCode: 500 },
  });

  expect(lines).toEqual([expect.stringMatching(/TypeError: broken here\n\s+at ListSecrets/)]);
});

it('answers 400 to what is not JSON and 413 to what is larger than any invoke', async () => {
  control.json('secretsmanager', { ListSecrets: () => ({}) });
  const post = (body: string | Uint8Array<ArrayBuffer>) =>
    fetch(control.url, { method: 'POST', headers: { 'x-amz-target': 'secretsmanager.ListSecrets' }, body });

  const broken = await post('{');
  expect(broken.status).toBe(400);
  expect(broken.headers.get('x-amzn-errortype')).toBe('SerializationException');
  expect((await post(new Uint8Array(7 * 2 ** 20))).status).toBe(400);
  expect((await post(new Uint8Array(7 * 2 ** 20 + 1))).status).toBe(413);
  expect((await post(new Uint8Array(60 * 2 ** 20))).status).toBe(413);
});
