// How long a method waits for what stands behind it (R12).
import { GatewayFailure } from './failure.ts';
import type { IntegrationDefinition } from './integration.ts';

const DEFAULT_MS = 29_000;
export const LEAST_TIMEOUT_MS = 50;

export const timeoutOf = ({ TimeoutInMillis }: Pick<IntegrationDefinition, 'TimeoutInMillis'>): number =>
  Number(TimeoutInMillis ?? DEFAULT_MS);

/** What does not answer in time goes on after its caller has gone, as on AWS. */
export function within<T>(ms: number, name: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new GatewayFailure('INTEGRATION_TIMEOUT', `${name} took more than ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
