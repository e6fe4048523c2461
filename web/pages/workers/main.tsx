// Page `/workers`: what waits, what is done and what has failed, in every queue and topic.
import '../../frame/theme.css';
import '../../frame/components.css';
import './workers.css';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { KeyForm } from '../../frame/components/key-form.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import { conditionIcons, showIcon } from '../../frame/icon.ts';
import { clock } from '../../frame/measures.ts';
import { QueueRow } from './queue-row.tsx';
import { TaskTable } from './task-table.tsx';
import { useReport } from './use-report.ts';
import { verdict } from './verdict.ts';

function Workers() {
  const { report, failure, refusal, giveKey, look } = useReport();
  const { condition, sentence } = verdict(report, failure === undefined, refusal !== undefined);

  useEffect(() => {
    document.title = `${sentence} · Stackyard`;
    showIcon(conditionIcons[condition]);
  }, [sentence, condition]);

  return (
    <>
      <h1 aria-live="polite">{sentence}</h1>
      {refusal === undefined ? null : (
        <div class="locked">
          <p>What waits here and what has failed is told to those who run this site. Give its API key, and it is shown.</p>
          <KeyForm id="key-report" button="Show the workers" isRefused={refusal.ofKey} onKey={giveKey} />
        </div>
      )}
      {failure === undefined ? null : (
        <Problem
          title={report === undefined ? 'Nothing is known yet.' : 'The numbers below are out of date.'}
          requestId={failure.requestId}
        >
          <p>{failure.message} This page asks again every two seconds.</p>
        </Problem>
      )}
      {failure === undefined && report !== undefined && report.problems.length > 0 ? (
        <Problem title="A dash is a number that cannot be read now.">
          {report.problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Problem>
      ) : null}
      {report === undefined ? null : (
        <>
          <ul class="queues">
            {report.queues.map((queue) => (
              <QueueRow key={queue.name} queue={queue} onReplayed={look} />
            ))}
          </ul>
          <p class="legend">Looked at {clock(Date.parse(report.observedAt))}. Every two seconds, while this page is seen.</p>
          <TaskTable tasks={report.tasks} />
        </>
      )}
    </>
  );
}

render(<Workers />, document.getElementById('main') as HTMLElement);
