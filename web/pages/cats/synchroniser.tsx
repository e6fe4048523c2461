// The synchroniser: how it stands, its buttons, what the last run counted, and the runs before.
import { useEffect, useState } from 'preact/hooks';
import { Lamp } from '../../frame/components/lamp.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import { clock, duration } from '../../frame/measures.ts';
import type { Run, SyncStatus } from './contract.ts';
import { ControlPanel } from './control-panel.tsx';
import { CountsTable } from './counts-table.tsx';
import { RunTable } from './run-table.tsx';
import type { Synchroniser } from './use-synchroniser.ts';
import { countdown, moment, rhythm, type Standing, upstreams } from './words.ts';

export function SynchroniserPart({ synchroniser, standing }: { synchroniser: Synchroniser; standing: Standing }) {
  const { status, runs, failure, hasMore, showMore, look } = synchroniser;
  const counted = runs.find(({ counts }) => counts !== null);
  return (
    <section class="part" id="synchroniser" aria-labelledby="sync">
      <h2 id="sync">Synchroniser</h2>
      <p class="standing">
        <Lamp condition={standing.condition} />
        <span role="status">{standing.sentence}</span>
      </p>
      {failure === undefined ? null : (
        <Problem
          title={status === undefined ? 'Nothing is known yet.' : 'What is told below is out of date.'}
          requestId={failure.requestId}
        >
          <p>{failure.message} This page asks again every few seconds.</p>
        </Problem>
      )}
      {status === undefined ? null : (
        <>
          <Numbers status={status} />
          {status.upstream === null ? null : <p>{upstreams[status.upstream].meaning}</p>}
          <ControlPanel status={status} runs={runs} look={look} />
          {counted?.counts ? <CountsTable run={counted} counts={counted.counts} /> : null}
          <RunTable runs={runs} hasMore={hasMore} showMore={showMore} />
        </>
      )}
    </section>
  );
}

function Numbers({ status: { enabled, lastRun, nextRun, everySeconds, upstream } }: { status: SyncStatus }) {
  const now = useNow();
  return (
    <dl class="numbers">
      <Figure name="schedule" value={enabled ? 'On' : 'Stopped'} note={rhythm(everySeconds)} />
      <Figure
        name="next run"
        value={nextRun === null ? '–' : countdown(Date.parse(nextRun) - now, everySeconds)}
        note={nextRun === null ? 'none is due' : `at ${clock(Date.parse(nextRun))}`}
      />
      <Figure name="last run" {...lastRunWords(lastRun, now)} />
      <Figure name="served from" value={upstream === null ? '–' : upstreams[upstream].name} note={upstream === null ? 'nothing yet' : ''} />
    </dl>
  );
}

const Figure = ({ name, value, note }: { name: string; value: string; note: string }) => (
  <div>
    <dt class="legend">{name}</dt>
    <dd>{value}</dd>
    <dd class="legend">{note}</dd>
  </div>
);

function lastRunWords(run: Run | null, now: number): { value: string; note: string } {
  if (run === null) return { value: '–', note: 'none yet' };
  const begun = Date.parse(run.startedAt ?? run.requestedAt);
  if (run.endedAt === null) return { value: moment(begun, now), note: `for ${Math.max(0, Math.round((now - begun) / 1000))} s` };
  return { value: moment(begun, now), note: `${run.state} in ${duration(Date.parse(run.endedAt) - begun)}` };
}

/** Counts on each second, for what is told in seconds. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(ticking);
  }, []);
  return now;
}
