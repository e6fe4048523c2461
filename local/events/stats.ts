// What an event source mapping counts about itself.

export interface MappingStats {
  /** Records whose batch ended well. */
  processed: number;
  /** Records of failed attempts; one that fails three times counts three times. */
  failed: number;
  /** Batches that the function has now. */
  inFlight: number;
  lastError?: string;
}

/** A poller that runs until it is stopped. */
export interface RunningMapping {
  stats(): Readonly<MappingStats>;
  /** Takes no new batch, waits for those in flight. */
  stop(): Promise<void>;
}

export const newStats = (): MappingStats => ({ processed: 0, failed: 0, inFlight: 0 });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
