// What a run counted, job by job.
import { type Counts, figures, jobs, type Run } from './contract.ts';

export const CountsTable = ({ run: { id, state }, counts }: { run: Run; counts: Counts }) => (
  <table class="counts">
    <caption>
      Run {id}, counted in rows{' '}
      <span class="legend">
        {state === 'failed' ? 'It failed: nothing of this was published.' : 'Refused rows were broken; what was known of them stays.'}
      </span>
    </caption>
    <thead>
      <tr>
        <td />
        {figures.map((figure) => (
          <th key={figure} scope="col" class="number">
            {figure}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {(Object.keys(jobs) as (keyof Counts)[]).map((job) => (
        <tr key={job}>
          <th scope="row">{jobs[job]}</th>
          {figures.map((figure) => (
            <td key={figure} class={`number${counts[job][figure] === 0 ? ' none' : ''}`}>
              {counts[job][figure].toLocaleString('en')}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
