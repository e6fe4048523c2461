// The EventBridge rules of a host, for whoever enables, disables or describes them (E4), and the state that they were given last.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Host } from '../host.ts';
import { jsonFile } from '../services/json-file.ts';

export type RuleState = 'ENABLED' | 'DISABLED';

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly scheduleExpression: string;
  readonly description?: string;
  readonly state: RuleState;
  enable(): void;
  disable(): void;
}

export interface RuleRegistry {
  add(rule: Rule): void;
  remove(name: string): void;
  find(name: string): Rule | undefined;
  all(): readonly Rule[];
  /**
   * The state in which a template's rule starts: its own, unless the rule was switched since `origin`, what the template says of it, last
   * changed. CloudFormation leaves a rule alone that is the same in both templates, and puts the whole of it where it is not.
   */
  provision(name: string, origin: unknown, state: RuleState): RuleState;
  /** Enables or disables the rule, also for every later start on the same data. */
  turn(rule: Rule, state: RuleState): void;
}

interface KeptState {
  /** Digest of the rule in the template. */
  readonly origin: string;
  readonly state: RuleState;
}

export function ruleRegistry({ dataDir }: { readonly dataDir: string }): RuleRegistry {
  const byName = new Map<string, Rule>();
  const file = jsonFile<Record<string, KeptState>>(join(dataDir, 'rules.json'), {});

  function keep(name: string, kept: KeptState): RuleState {
    file.content[name] = kept;
    file.save();
    return kept.state;
  }

  return {
    add: (rule) => void byName.set(rule.name, rule),
    remove: (name) => void byName.delete(name),
    find: (name) => byName.get(name),
    all: () => [...byName.values()],
    provision(name, given, state) {
      const origin = createHash('sha256').update(JSON.stringify(given)).digest('hex');
      const known = file.content[name];
      return known?.origin === origin ? known.state : keep(name, { origin, state });
    },
    turn(rule, state) {
      const { origin = '' } = file.content[rule.name] ?? {};
      keep(rule.name, { origin, state });
      if (state === 'ENABLED') rule.enable();
      else rule.disable();
    },
  };
}

const registries = new WeakMap<Host, RuleRegistry>();

/** The registry of this host, made on first use. */
export function rulesOf(host: Host): RuleRegistry {
  const registry = registries.get(host) ?? ruleRegistry(host.options);
  registries.set(host, registry);
  return registry;
}
