// Follows one job from its id to its picture, for a component.
import { useEffect, useState } from 'preact/hooks';
import { RequestFailed } from '../frame/http.ts';
import { backOff, poll } from '../frame/polling.ts';
import { fetchResult, type JobState, jobState } from './api.ts';
import type { Shown } from './shown.ts';

export interface JobView {
  /** `asking`: no answer yet. */
  readonly job: JobState | { state: 'asking' };
  readonly result?: Shown;
  /** The last question got no usable answer; the next one is on its way. */
  readonly trouble?: RequestFailed;
}

const asking: JobView = { job: { state: 'asking' } };

export function useJob(id: string | undefined): JobView {
  const [followed, setFollowed] = useState({ id, view: asking });
  useEffect(() => {
    if (id === undefined) return;
    const leaving = new AbortController();
    let result: Shown | undefined;
    let view = asking;
    let attempt = 0;
    const tell = (next: JobView) => {
      view = next;
      setFollowed({ id, view });
    };
    poll(async (signal) => {
      try {
        const job = await jobState(id, signal);
        if (job.state === 'done') result = await fetchResult(id, signal);
        signal.throwIfAborted();
        tell(result === undefined ? { job } : { job, result });
        if (job.state === 'done' || job.state === 'failed') return 'stop';
      } catch (trouble) {
        if (!(trouble instanceof RequestFailed)) throw trouble;
        tell({ ...view, trouble });
      }
      return backOff(attempt++);
    }, leaving.signal);
    return () => {
      leaving.abort();
      if (result !== undefined) URL.revokeObjectURL(result.url);
    };
  }, [id]);
  return followed.id === id ? followed.view : asking;
}
