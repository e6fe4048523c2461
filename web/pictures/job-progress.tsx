// Where a job is on its way: four steps in a row, and the same in words for those who listen.
import { Problem } from '../frame/components/problem.tsx';
import type { JobView } from './use-job.ts';

const steps = ['Sent', 'Queued', 'Processing', 'Done'] as const;
const reached = { asking: 0, unknown: 0, queued: 1, processing: 2, failed: 2, done: 3 } as const;

const words = {
  asking: 'Asking for the state.',
  unknown: 'Not known yet.',
  queued: 'Queued: waiting for its turn.',
  processing: 'Being resized.',
  failed: 'Failed.',
  done: 'Done.',
} as const;

export function JobProgress({ view }: { view: JobView }) {
  const { job, trouble } = view;
  return (
    <div class="job">
      <ol class="steps" aria-label="Progress" data-failed={job.state === 'failed'}>
        {steps.map((step, index) => (
          <li
            key={step}
            class={index <= reached[job.state] ? 'reached' : ''}
            aria-current={index === reached[job.state] ? 'step' : undefined}
          >
            {job.state === 'failed' && index === 2 ? 'Failed' : step}
          </li>
        ))}
      </ol>
      <p class="unseen" role="status">
        {words[job.state]}
      </p>
      {job.state === 'failed' ? (
        <Problem title="This picture could not be resized." requestId={job.requestId}>
          <p>{job.reason}</p>
          <p>Try another file, or save this one again in an image program and send that.</p>
        </Problem>
      ) : null}
      {trouble !== undefined ? (
        <Problem title="The state is unknown at the moment." requestId={trouble.requestId}>
          <p>{trouble.message} This page keeps asking; nothing is lost.</p>
        </Problem>
      ) : null}
    </div>
  );
}
