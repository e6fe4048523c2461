// API keys of usage plans: which values open which stage, and where made-up values are kept.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Host } from '../host.ts';
import { jsonFile } from '../services/json-file.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
}

export interface ApiKeys {
  add(key: ApiKey): void;
  /** The stages `${apiId}/${stage}` of a usage plan. */
  addPlan(planId: string, stages: readonly string[]): void;
  /** Puts a key into a usage plan. Throws where either is missing. */
  join(planId: string, keyId: string): void;
  /** The enabled key of that value in a plan of that stage. */
  find(apiId: string, stage: string, value: string | undefined): ApiKey | undefined;
  /** What the host prints for the person. */
  all(): readonly ApiKey[];
}

const ofHosts = new WeakMap<Host, ApiKeys>();

/** The keys of a running host. */
export function apiKeysOf(host: Host): ApiKeys {
  const keys = ofHosts.get(host) ?? apiKeys();
  ofHosts.set(host, keys);
  return keys;
}

function apiKeys(): ApiKeys {
  const byId = new Map<string, ApiKey>();
  const plans = new Map<string, readonly string[]>();
  const byStage = new Map<string, Map<string, ApiKey>>();
  return {
    add: (key) => void byId.set(key.id, key),
    addPlan: (planId, stages) => void plans.set(planId, stages),
    join(planId, keyId) {
      const key = byId.get(keyId);
      const stages = plans.get(planId);
      if (!key || !stages) throw new Error(`The usage plan ${planId} or the API key ${keyId} does not exist.`);
      for (const stage of stages) byStage.set(stage, new Map(byStage.get(stage)).set(key.value, key));
    },
    find(apiId, stage, value) {
      const key = value === undefined ? undefined : byStage.get(`${apiId}/${stage}`)?.get(value);
      return key?.enabled ? key : undefined;
    },
    all: () => [...byId.values()],
  };
}

/** The value of a key that the template leaves open: drawn once (40 characters), then the same after every restart. */
export function keptValue(dataDir: string, keyId: string): string {
  const file = jsonFile<Record<string, string>>(join(dataDir, 'api-keys.json'), {});
  const kept = file.content[keyId];
  if (kept !== undefined) return kept;
  const value = randomBytes(30).toString('base64url');
  file.content[keyId] = value;
  file.save();
  return value;
}
