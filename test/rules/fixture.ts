// Hosts a hand-written template, so that a rule can be tested on its own: in the embedded host, or deployed to the target of RULES_TARGET.
import type { Template, TemplateResource } from '../../local/assembly/template.ts';
import type { Host, HostOptions } from '../../local/host.ts';
import type { InvokeResult } from '../../local/lambda/registry.ts';
import { targetOf } from '../support/target.ts';

export { asset, nodeFunction } from './fixture-sources.ts';

const embedded = targetOf('rules') === 'embedded';

/** What an AWS SDK client needs to speak to the target. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface FixtureHost {
  /** Of the first REST API's stage, with its path where the target has it there; of the host where there is no API. */
  readonly url: string;
  /** The endpoint variables that the embedded host gives its functions. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly account: string;
  readonly region: string;
  /** Whose requests the target says that the test's are. */
  readonly clientAddress: string;
  /** Of the embedded host only: what looks into it does not apply elsewhere. */
  readonly host: Host;
  config(service?: 'S3' | 'SQS'): ClientConfig;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  /** Of the first stack, unless another is named. */
  output(name: string, stack?: string): unknown;
  invoke(logicalId: string, event: unknown): Promise<InvokeResult>;
  stop(): Promise<void>;
}

/** What a refusal of the target says: the sentence is the embedded host's, CloudFormation has its own. */
export const refusal = (sentence: string | RegExp): string | RegExp => (embedded ? sentence : 'The stack was not created');

const STACK = 'Rules';

/** @param options of the embedded host: a deployed template has no folder of data and takes real time. */
export async function hostFixture(
  resources: Readonly<Record<string, TemplateResource>>,
  options: Partial<HostOptions> = {},
): Promise<FixtureHost> {
  if (embedded) return hostStacks({ [STACK]: { Resources: resources } }, options);
  const { deployedFixture } = await import('./deployed-fixture.ts');
  return deployedFixture(resources);
}

/** The same for whole templates by stack name, in the embedded host; `ref`, `attribute` and `invoke` look into the first. */
export async function hostStacks(templates: Readonly<Record<string, Template>>, options: Partial<HostOptions> = {}): Promise<FixtureHost> {
  const { embeddedFixture } = await import('./embedded-fixture.ts');
  return embeddedFixture(templates, options);
}
