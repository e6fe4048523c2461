// How the connection stands, and what one can do about it.
import { Lamp } from '../../frame/components/lamp.tsx';
import { Problem } from '../../frame/components/problem.tsx';
import type { Standing } from '../../live/words.ts';
import type { Live } from './use-live.ts';

export function StandingLine({ standing: { condition, long, mayTry }, live }: { standing: Standing; live: Live | undefined }) {
  return (
    <>
      <p class="standing">
        <Lamp condition={condition} />
        <span>
          <span class={`words ${condition}`}>{long}</span>{' '}
          {mayTry ? (
            <button type="button" class="plain" onClick={live?.tryNow}>
              Try now
            </button>
          ) : null}
        </span>
      </p>
      {live?.view.skipped ? (
        <p class="hint">
          {live.view.skipped.toLocaleString('en')} messages came while this page was away and are not shown, only the newest.
        </p>
      ) : null}
      {live?.view.complaint === undefined ? null : (
        <Problem title="The server refused what this page asked for.">
          <p>{live.view.complaint}</p>
        </Problem>
      )}
    </>
  );
}
