// Secrets per service: each function reads the password of its own service, and nobody reads another's but those who make and change them.
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { services } from '../../lib/constructs/services.ts';
import { functionsOf, permissionsOf } from './policies.ts';
import { synthesized } from './stage.ts';

const all = ['Instance', ...services].sort();

/** Function, or a role that no function has → secrets that it may read. `Instance` is the administrator's. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'cats-api': ['cats'],
  'cats-sync': ['Upstream', 'cats'],
  'messages-api': ['messages'],
  'messages-consumer': ['messages'],
  'messages-push': ['messages'],
  'operations-migrate': all,
  'operations-rotate': all,
  'orders-api': ['orders'],
  'payment-api': ['payment'],
  'pictures-api': ['pictures'],
  'pictures-consumer': ['pictures'],
  'pictures-relay': ['pictures'],
  'status-api': ['status'],
  'stock-api': ['stock'],
};

/** `Database` or a system, and the hash of its logical id, are left out. */
const secretOf = (resource: string): string =>
  /(?:Database(\w+?)SecretAttachment|Cats(Upstream))/.exec(resource)?.slice(1).join('') ?? resource;

function readersIn(templates: Readonly<Record<string, Template>>): Record<string, string[]> {
  const read = Object.values(templates).flatMap((template) =>
    permissionsOf(template)
      .filter(({ action }) => action === 'secretsmanager:GetSecretValue')
      .flatMap(({ holder, resource }) => {
        const functions = functionsOf(template, holder).map((name) => name.replace(/^stackyard-[a-z]+-/, ''));
        return (functions.length > 0 ? functions : [holder.replace(/Role.*/, '')]).map((name) => [name, secretOf(resource)] as const);
      }),
  );
  const names = [...new Set(read.map(([name]) => name))].sort();
  return Object.fromEntries(names.map((name) => [name, read.flatMap(([reader, secret]) => (reader === name ? [secret] : [])).sort()]));
}

test.each([
  ['dev', { DatabaseProxyIAM: [...services].sort() }],
  ['prod', { DatabaseProxyIAM: [...services].sort() }],
  ['minimal', {}],
] as const)('in the stage %s no function reads the secret of another service', (stage, proxy) => {
  expect(readersIn(synthesized(stage))).toEqual({ ...READERS, ...proxy });
});
