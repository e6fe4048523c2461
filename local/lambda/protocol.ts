// What crosses between the host and an environment's thread, in lists: flat tuples of text and numbers, because cloning objects costs more than
// parsing text.

/** Fixed when an environment starts. */
export interface EnvironmentSettings {
  readonly handler: string;
  readonly codeDir: string;
  readonly arn: string;
  /** Compiled code of the handlers' bundles is kept here: a start with it is a third faster and 12 MB smaller. */
  readonly compileCacheDir: string;
}

/** Request id, deadline in epoch milliseconds, event as JSON text, client context as JSON text. */
export type EventMessage = readonly [requestId: string, deadline: number, payload: string, clientContext: string | undefined];

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export type EnvironmentMessage =
  | readonly [kind: 'ready']
  /** The handler's answer as JSON text, and the heap that the environment holds, in MB. */
  | readonly [kind: 'answer', requestId: string, payload: string, heapMb: number]
  /** An error document as JSON text: the event failed, the environment lives on. */
  | readonly [kind: 'error', requestId: string, document: string]
  /** An error document as JSON text: initializing failed, or the environment ends with every event in it. */
  | readonly [kind: 'fatal', document: string]
  /** A line without its end; the request id is `undefined` outside of an event. */
  | readonly [kind: 'log', requestId: string | undefined, level: LogLevel, line: string];
