// Keeps a function fed from a topic, through every loss of the broker (K1–K7).
import type { LambdaFunction } from '../../lambda/registry.ts';
import type { Log } from '../../log.ts';
import { backOff } from '../backoff.ts';
import type { FailureDestination } from '../failure-destination.ts';
import { messageOf, newStats, type RunningMapping } from '../stats.ts';
import type { DeliveryContext } from './delivery.ts';
import type { EventSource } from './record.ts';
import { runSession } from './session.ts';
import type { KafkaSettings } from './settings.ts';

export interface ConsumingOptions {
  readonly settings: KafkaSettings;
  readonly source: EventSource;
  readonly groupId: string;
  readonly fn: LambdaFunction;
  readonly destination?: FailureDestination;
  readonly log: Log;
}

/** A session that breaks is followed by another, with a back-off; the log tells of a loss and of its end, not of every attempt. */
export function startConsuming({ settings, source, groupId, fn, destination, log }: ConsumingOptions): RunningMapping {
  const stats = newStats();
  const stopping = new AbortController();
  const pause = backOff(100, 2000);
  const name = `kafka ${settings.topic} → ${fn.definition.name}`;
  const delivery: DeliveryContext = {
    fn,
    source,
    retry: settings.retry,
    stats,
    signal: stopping.signal,
    ...(destination && { destination }),
  };
  const finished = new Map<number, bigint>();
  let lost = false;

  const onJoined = () => {
    if (lost) log('info', name, 'reads again');
    lost = false;
    pause.reset();
  };

  const consume = async () => {
    while (!stopping.signal.aborted) {
      try {
        await runSession({ settings, groupId, delivery, finished, onJoined });
      } catch (error) {
        stats.lastError = messageOf(error);
        if (!lost) log('warn', name, `cannot read, trying on: ${stats.lastError}`);
        lost = true;
        await pause.wait(stopping.signal);
      }
    }
    destination?.close();
  };

  const consuming = consume();
  return {
    stats: () => ({ ...stats }),
    stop: async () => {
      stopping.abort();
      await consuming;
    },
  };
}
