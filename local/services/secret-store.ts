// Secrets Manager: what GetSecretValue and `{{resolve:secretsmanager:…}}` answer from (E5).
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AwsError } from './control-api.ts';
import { jsonFile } from './json-file.ts';

interface SecretVersion {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly createdAt: number;
  /** Digest of what the template says of the secret; a change there makes a new text, as CloudFormation does. */
  readonly origin?: string;
  readonly current: SecretVersion;
  readonly previous?: SecretVersion;
}

export interface SecretStore {
  /** By name, ARN, or ARN without its last six characters. Throws ResourceNotFoundException. */
  get(id: string): Secret;
  find(id: string): Secret | undefined;
  all(): readonly Secret[];
  /** Creates the secret, or gives it a new version where the text is another one: the version before becomes AWSPREVIOUS. */
  put(name: string, text: string): Secret;
  /** The secret of a template: `text` is asked for only where the secret is new or `origin`, what the template says of it, has changed. */
  provision(name: string, description: string, origin: unknown, text: () => string): Secret;
  /** `secret-id:SecretString:json-key:version-stage:version-id`, all but the id optional, as in a dynamic reference. */
  resolveSecret(reference: string): string;
}

export interface SecretStoreOptions {
  readonly dataDir: string;
  readonly account: string;
  readonly region: string;
}

export function secretStore({ dataDir, account, region }: SecretStoreOptions): SecretStore {
  const file = jsonFile<Record<string, Secret>>(join(dataDir, 'secrets.json'), {});

  const find = (id: string): Secret | undefined =>
    file.content[id] ?? Object.values(file.content).find(({ arn }) => arn === id || arn.slice(0, -SUFFIX_LENGTH) === id);

  function get(id: string): Secret {
    const secret = find(id);
    if (!secret) throw new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret: ${id}`);
    return secret;
  }

  function write(name: string, text: string, about: Pick<Secret, 'description' | 'origin'>): Secret {
    const known = file.content[name];
    const changed = known?.current.text !== text;
    const current: SecretVersion = known && !changed ? known.current : { id: randomUUID(), text, createdAt: Date.now() };
    const previous = changed ? known?.current : known?.previous;
    const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${name}${suffixOf(name)}`;
    const secret: Secret = {
      name,
      arn,
      createdAt: known?.createdAt ?? current.createdAt,
      ...about,
      current,
      ...(previous && { previous }),
    };
    file.content[name] = secret;
    file.save();
    return secret;
  }

  function put(name: string, text: string): Secret {
    const { description = '', origin } = file.content[name] ?? {};
    return write(name, text, { description, ...(origin !== undefined && { origin }) });
  }

  function provision(name: string, description: string, given: unknown, text: () => string): Secret {
    const origin = createHash('sha256').update(JSON.stringify(given)).digest('hex');
    const known = file.content[name];
    return write(name, known?.origin === origin ? known.current.text : text(), { description, origin });
  }

  function resolveSecret(reference: string): string {
    // An ARN brings six colons of its own.
    const idParts = reference.startsWith('arn:') ? 7 : 1;
    const parts = reference.split(':');
    const [, jsonKey, stage, versionId] = parts.slice(idParts);
    const { text } = versionOf(get(parts.slice(0, idParts).join(':')), stage, versionId);
    if (!jsonKey) return text;
    const value = (JSON.parse(text) as Record<string, unknown>)[jsonKey];
    if (value === undefined) throw new Error(`The secret of {{resolve:secretsmanager:${reference}}} has no key ${jsonKey}`);
    return String(value);
  }

  return { find, get, all: () => Object.values(file.content), put, provision, resolveSecret };
}

/** AWSCURRENT unless a stage or a version id says otherwise. Throws ResourceNotFoundException for any other version. */
export function versionOf(secret: Secret, stage = '', versionId = ''): SecretVersion {
  if (versionId) {
    const version = [secret.current, secret.previous].find((candidate) => candidate?.id === versionId);
    if (version) return version;
  } else if (stage === 'AWSPREVIOUS' && secret.previous) return secret.previous;
  else if (stage === '' || stage === 'AWSCURRENT') return secret.current;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${versionId || `staging label: ${stage}`}`,
  );
}

/** `-` and six characters, as AWS ends the ARN of a secret. */
const SUFFIX_LENGTH = 7;

/** Made from the name, so that a secret keeps its ARN when its data is forgotten. */
const suffixOf = (name: string) => `-${createHash('sha256').update(name).digest('base64url').replace(/[-_]/g, 'x').slice(0, 6)}`;
