// A program that stands in for AWS, running on this machine.

export interface Emulator {
  /** With its version, e.g. `LocalStack 4.14.0`. */
  readonly name: string;
  /** What AWS_ENDPOINT_URL is set to. */
  readonly url: string;
  /** Of the process that holds all others: none of them outlives it. */
  readonly pid: number;
  /** Resolves when no process of it is left. */
  stop(): Promise<void>;
}
