// The latest tasks, newest first; what failed says why.
import { useState } from 'preact/hooks';
import { clock, duration } from '../../frame/measures.ts';
import type { Task } from './contract.ts';

const SHOWN_AT_FIRST = 20;

export function TaskTable({ tasks }: { tasks: readonly Task[] }) {
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [all, setAll] = useState(false);
  const wanted = onlyFailed ? tasks.filter(({ outcome }) => outcome === 'failed') : tasks;
  const shown = all ? wanted : wanted.slice(0, SHOWN_AT_FIRST);
  return (
    <section class="tasks" aria-labelledby="tasks">
      <div class="over">
        <h2 id="tasks">Recent tasks</h2>
        <label>
          <input type="checkbox" checked={onlyFailed} onChange={() => setOnlyFailed(!onlyFailed)} /> Only failed
        </label>
      </div>
      {wanted.length === 0 ? (
        <p class="legend">{onlyFailed ? 'None of the recent tasks has failed.' : 'No tasks yet. Send a picture, and it is here.'}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Started</th>
              <th scope="col">Task</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((task) => (
              <Row key={`${task.queue} ${task.id} ${task.startedAt}`} task={task} />
            ))}
          </tbody>
        </table>
      )}
      {wanted.length > SHOWN_AT_FIRST ? (
        <button type="button" class="plain" onClick={() => setAll(!all)}>
          {all ? `Show the latest ${SHOWN_AT_FIRST}` : `Show all ${wanted.length}`}
        </button>
      ) : null}
    </section>
  );
}

const Row = ({ task: { id, queue, startedAt, durationMs, outcome, error, requestId } }: { task: Task }) => (
  <tr>
    <td>
      <time dateTime={startedAt}>{clock(Date.parse(startedAt))}</time>
    </td>
    <td>
      {queue} <code class="legend task-id">{id}</code>
    </td>
    <td class="number">{duration(durationMs)}</td>
    <td>
      <span class={`outcome ${outcome}`}>{outcome === 'done' ? 'Done' : 'Failed'}</span>{' '}
      {error === null ? null : (
        <span class="legend">
          {error} Request id <code>{requestId}</code>
        </span>
      )}
    </td>
  </tr>
);
