// What an action of a service is to the gateway.
import type { Host } from '../../../../host.ts';

export interface ServiceAnswer {
  /** The service's HTTP status: what a selection pattern is matched against. */
  readonly status: number;
  /** What the response template reads as JSON. */
  readonly body: object;
}

/** Takes the text that the request template made. Answers AWS's error where that is no request of the action. */
export type Action = (body: string, host: Host) => Promise<ServiceAnswer>;
