// Follows the saga of an order: as long as a checkout is under way, or something still happens to it by itself.
import { useEffect, useState } from 'preact/hooks';
import { RequestFailed } from '../../frame/http.ts';
import { backOff, poll } from '../../frame/polling.ts';
import { findSaga } from './api.ts';
import { isUnderWay, type SagaStory } from './saga.ts';

export interface SagaView {
  readonly story?: SagaStory | undefined;
  /** The last question got no usable answer; the next one is on its way. */
  readonly trouble?: RequestFailed;
}

export function useSaga(order: string | undefined, checkingOut: boolean): SagaView {
  const [followed, setFollowed] = useState<SagaView & { order?: string | undefined }>({});
  useEffect(() => {
    if (order === undefined) return;
    const leaving = new AbortController();
    let looks = 0;
    poll(async (signal) => {
      try {
        const story = await findSaga(order, signal);
        signal.throwIfAborted();
        setFollowed({ order, story });
        const last = story?.attempts.at(-1);
        if (!checkingOut && !(last && isUnderWay(last))) return 'stop';
      } catch (trouble) {
        if (!(trouble instanceof RequestFailed)) throw trouble;
        setFollowed((before) => ({ order, story: before.order === order ? before.story : undefined, trouble }));
      }
      return backOff(looks++);
    }, leaving.signal);
    return () => leaving.abort();
  }, [order, checkingOut]);
  return followed.order === order ? followed : {};
}
