// What a resource module is: the unit from which the embedded host is built.
import type { Host } from '../host.ts';

/** A resource of the template, its intrinsics already resolved. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON; each module knows its own part of it
  readonly properties: Readonly<Record<string, any>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Created {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute name (dotted names as they are written, `Endpoint.Address`). */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  /** Called once all resources are created: what only the deployment needed can go. */
  readonly deployed?: () => Promise<void>;
  /** Called instead of `stop` when a newer one has taken the place: finishes what it is at, however long that takes. `stop` may follow. */
  readonly retire?: () => Promise<void>;
  /** Called in reverse order of creation when the host stops. Must not throw for what is gone already. */
  readonly stop?: () => Promise<void>;
}

export interface ResourceModule {
  /** CloudFormation type, e.g. `AWS::SQS::Queue`. */
  readonly type: string;
  /** Properties that `create` honours; `*` for a type whose properties are its user's own. */
  readonly honours: readonly string[];
  /** Properties without effect on one machine, each with the reason (`*`: all of them). Any property in neither list is refused at start. */
  readonly ignores: Readonly<Record<string, string>>;
  /** Finer refusals than a property's name: a sentence for each thing that cannot be honoured. */
  readonly refuses?: (resource: Resource) => readonly string[];
  readonly create: (resource: Resource, host: Host) => Promise<Created>;
}
