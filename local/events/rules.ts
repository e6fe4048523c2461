// The EventBridge rules of a host, for whoever enables, disables or describes them (E4).
import type { Host } from '../host.ts';

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly scheduleExpression: string;
  readonly description?: string;
  readonly state: 'ENABLED' | 'DISABLED';
  enable(): void;
  disable(): void;
}

export interface RuleRegistry {
  add(rule: Rule): void;
  remove(name: string): void;
  find(name: string): Rule | undefined;
  all(): readonly Rule[];
}

export function ruleRegistry(): RuleRegistry {
  const byName = new Map<string, Rule>();
  return {
    add: (rule) => void byName.set(rule.name, rule),
    remove: (name) => void byName.delete(name),
    find: (name) => byName.get(name),
    all: () => [...byName.values()],
  };
}

const registries = new WeakMap<Host, RuleRegistry>();

/** The registry of this host, made on first use. */
export function rulesOf(host: Host): RuleRegistry {
  const registry = registries.get(host) ?? ruleRegistry();
  registries.set(host, registry);
  return registry;
}
