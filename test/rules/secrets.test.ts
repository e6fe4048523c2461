// E5: secrets and dynamic references, from the template through to a function.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

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
    Given: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'stackyard-rules/key', SecretString: 'given' } },
    Size: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/stackyard-rules/size', Type: 'String', Value: '42' } },
    Reader: {
      DependsOn: ['Given', 'Size'],
      ...nodeFunction('export const handler = async () => process.env', {
        Environment: {
          Variables: {
            PASSWORD: resolved({ Ref: 'Master' }, 'password'),
            KEY: '{{resolve:secretsmanager:stackyard-rules/key}}',
            SIZE: '{{resolve:ssm:/stackyard-rules/size}}',
          },
        },
      }),
    },
  });
  client = new SecretsManagerClient(host.config());
});

afterAll(() => host?.stop());

const secretText = async (SecretId: string) => String((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString);

it('E5: GetSecretValue finds a secret by name, ARN and partial ARN, AWSCURRENT by default', async () => {
  const arn = host.ref('Given');

  for (const id of ['stackyard-rules/key', arn, arn.slice(0, -7)]) expect(await secretText(id)).toBe('given');
  await expect(secretText('stackyard-rules/other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('E5: GenerateSecretString puts a password by the rules into its template', async () => {
  const { username, password } = JSON.parse(await secretText(host.ref('Master')));

  expect(username).toBe('admin');
  expect(password).toMatch(/^[^"@/\\']{30}$/);
});

it('E5: dynamic references give a function the secret text, a key of it, and a parameter', async () => {
  const environment = JSON.parse((await host.invoke('Reader', {})).payload);

  expect(environment).toMatchObject({ KEY: 'given', SIZE: '42' });
  expect(environment.PASSWORD).toBe(JSON.parse(await secretText(host.ref('Master'))).password);
});
