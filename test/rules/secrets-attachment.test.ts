// E5: a secret that is attached to a database, and what refers to the database.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

const resolved = (key: string) => ({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Master' }, `:SecretString:${key}::}}`]] });

let host: FixtureHost;

beforeAll(async () => {
  host = await hostFixture({
    Master: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: { GenerateSecretString: { SecretStringTemplate: '{"username":"admin"}', GenerateStringKey: 'password' } },
    },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'mysql',
        DBName: 'app',
        MasterUsername: resolved('username'),
        MasterUserPassword: resolved('password'),
      },
    },
    Attachment: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: { Ref: 'Master' }, TargetId: { Ref: 'Database' }, TargetType: 'AWS::RDS::DBInstance' },
    },
    Reader: nodeFunction('export const handler = async () => process.env.PORT', {
      Environment: { Variables: { PORT: { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] } } },
    }),
  });
});

afterAll(() => host?.stop());

it('E5: an attachment merges host, port, engine, dbname and username into the JSON', async () => {
  expect(host.ref('Attachment')).toBe(host.ref('Master'));
  const client = new SecretsManagerClient(host.config());
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: host.ref('Attachment') }));
  client.destroy();
  expect(JSON.parse(String(SecretString))).toMatchObject({
    engine: 'mysql',
    host: host.attribute('Database', 'Endpoint.Address'),
    port: Number(host.attribute('Database', 'Endpoint.Port')),
    dbname: 'app',
    username: 'admin',
    password: expect.any(String),
  });
});

it('E5: an attribute of a database gives a function its port', async () => {
  expect(JSON.parse((await host.invoke('Reader', {})).payload)).toBe(host.attribute('Database', 'Endpoint.Port'));
});
