// E5: secrets and dynamic references, from the template through to a function.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

const getAtt = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] });
const resolved = (id: unknown, key: string) => ({ 'Fn::Join': ['', ['{{resolve:secretsmanager:', id, `:SecretString:${key}::}}`]] });

let host: FixtureHost;
let client: SecretsManagerClient;

beforeAll(async () => {
  host = await hostFixture({
    Master: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"username":"admin"}',
          GenerateStringKey: 'password',
          PasswordLength: 30,
          ExcludeCharacters: '"@/\\\'',
        },
      },
    },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'mysql',
        DBName: 'app',
        MasterUsername: resolved({ Ref: 'Master' }, 'username'),
        MasterUserPassword: resolved({ Ref: 'Master' }, 'password'),
      },
    },
    Attachment: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: { Ref: 'Master' }, TargetId: { Ref: 'Database' }, TargetType: 'AWS::RDS::DBInstance' },
    },
    Given: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'app/key', SecretString: 'given' } },
    Size: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/size', Type: 'String', Value: '42' } },
    Reader: {
      DependsOn: ['Given', 'Size'],
      ...nodeFunction('export const handler = async () => process.env', {
        Environment: {
          Variables: {
            PASSWORD: resolved({ Ref: 'Master' }, 'password'),
            KEY: '{{resolve:secretsmanager:app/key}}',
            SIZE: '{{resolve:ssm:/app/size}}',
            PORT: getAtt('Database', 'Endpoint.Port'),
          },
        },
      }),
    },
  });
  client = new SecretsManagerClient({
    endpoint: host.endpoints.AWS_ENDPOINT_URL ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}, 30_000);

afterAll(() => host?.stop(), 30_000);

const secretText = async (SecretId: string) => String((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString);

it('E5: GetSecretValue finds a secret by name, ARN and partial ARN, AWSCURRENT by default', async () => {
  const arn = host.ref('Given');

  for (const id of ['app/key', arn, arn.slice(0, -7)]) expect(await secretText(id)).toBe('given');
  await expect(secretText('app/other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('E5: GenerateSecretString puts a password by the rules into its template', async () => {
  const { username, password } = JSON.parse(await secretText(host.ref('Master')));

  expect(username).toBe('admin');
  expect(password).toMatch(/^[^"@/\\']{30}$/);
});

it('E5: an attachment merges host, port, engine, dbname and username into the JSON', async () => {
  expect(host.ref('Attachment')).toBe(host.ref('Master'));
  expect(JSON.parse(await secretText(host.ref('Attachment')))).toMatchObject({
    engine: 'mysql',
    host: host.attribute('Database', 'Endpoint.Address'),
    port: Number(host.attribute('Database', 'Endpoint.Port')),
    dbname: 'app',
    username: 'admin',
    password: expect.any(String),
  });
});

it('E5: dynamic references give a function the secret text, a key of it, and a parameter', async () => {
  const environment = JSON.parse((await host.invoke('Reader', {})).payload);

  expect(environment).toMatchObject({ KEY: 'given', SIZE: '42', PORT: host.attribute('Database', 'Endpoint.Port') });
  expect(environment.PASSWORD).toBe(JSON.parse(await secretText(host.ref('Master'))).password);
});
