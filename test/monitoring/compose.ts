// `docker-compose.localstack.yml` as a test looks at it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly restart?: string;
  readonly mem_limit?: string;
  readonly network_mode?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly start_period: string; readonly timeout: string };
}

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: { readonly default: { readonly name: string } };
  readonly volumes: Readonly<Record<string, object>>;
}

export const root = join(import.meta.dirname, '../..');
export const inRepository = (path: string): string => readFileSync(join(root, path), 'utf8');

export const compose = parse(inRepository('docker-compose.localstack.yml'), { merge: true }) as Compose;
export const services = Object.entries(compose.services);

/** `source:target[:mode]` of a service's mounts. */
export const mounts = ({ volumes = [] }: Service) =>
  volumes.map((volume) => {
    const [source = '', target = ''] = volume.split(':');
    return { source, target };
  });

/** Throws where there is none of that name. */
export const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
};
