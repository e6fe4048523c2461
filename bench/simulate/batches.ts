// Consumers of a queue that is one message group: a batch of up to ten, and the next when it is over.
import type { Timeline } from './timeline.ts';

export interface Batches<Item> {
  put(item: Item): void;
  readonly waiting: number;
}

export function batches<Item>(
  time: Timeline,
  { size, betweenMs }: { readonly size: number; readonly betweenMs: number },
  handle: (batch: readonly Item[], over: () => void) => void,
): Batches<Item> {
  let waiting: Item[] = [];
  let isBusy = false;

  function serve(): void {
    if (isBusy || waiting.length === 0) return;
    isBusy = true;
    const batch = waiting.slice(0, size);
    waiting = waiting.slice(size);
    handle(batch, () =>
      time.after(betweenMs, () => {
        isBusy = false;
        serve();
      }),
    );
  }

  return {
    put(item) {
      waiting.push(item);
      serve();
    },
    get waiting() {
      return waiting.length;
    },
  };
}
