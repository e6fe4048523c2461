// The runs, latest first; what failed says why.
import { duration } from '../../frame/measures.ts';
import type { Run } from './contract.ts';
import { causes, changes, moment, runStates, upstreams } from './words.ts';

export function RunTable({ runs, hasMore, showMore }: { runs: readonly Run[]; hasMore: boolean; showMore: () => void }) {
  if (runs.length === 0) return <p class="legend">No runs yet.</p>;
  return (
    <>
      <table class="runs">
        <caption>Runs</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              Run
            </th>
            <th scope="col">Begun</th>
            <th scope="col" class="wide">
              Cause
            </th>
            <th scope="col" class="wide">
              Upstream
            </th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </table>
      {hasMore ? (
        <button type="button" class="plain" onClick={showMore}>
          Show more runs
        </button>
      ) : null}
    </>
  );
}

function Row({ run: { id, cause, state, upstream, requestedAt, startedAt, endedAt, counts, error } }: { run: Run }) {
  const begun = startedAt ?? requestedAt;
  return (
    <tr>
      <td class="number">{id}</td>
      <td>
        <time dateTime={begun} title={begun}>
          {moment(Date.parse(begun), Date.now())}
        </time>
      </td>
      <td class="wide">{causes[cause]}</td>
      <td class="wide">{upstream === null ? '–' : upstreams[upstream].name}</td>
      <td class="number">{endedAt === null ? '–' : duration(Date.parse(endedAt) - Date.parse(begun))}</td>
      <td>
        <span class={`outcome ${state}`}>{runStates[state]}</span> <span class="legend">{error ?? (counts ? changes(counts) : '')}</span>
      </td>
    </tr>
  );
}
