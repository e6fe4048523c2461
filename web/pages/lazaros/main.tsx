// Page `/lazaros`: database, cache and messaging as lights, looked at each second.
import '../../frame/theme.css';
import '../../frame/components.css';
import './lazaros.css';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import { conditionIcons, showIcon } from '../../frame/icon.ts';
import { clock, duration } from '../../frame/measures.ts';
import { Channel } from './channel.tsx';
import { verdict } from './history.ts';
import { layers } from './reading.ts';
import { useReadings } from './use-readings.ts';

function Lazaros() {
  const { history, took, failure } = useReadings();
  const last = took === undefined ? undefined : history.at(-1);
  const { condition, sentence } = verdict(last);

  useEffect(() => {
    document.title = `${sentence} · Stackyard`;
    showIcon(conditionIcons[condition]);
  }, [sentence, condition]);

  return (
    <>
      <h1 aria-live="polite">{sentence}</h1>
      {condition === 'unknown' && failure !== undefined ? (
        <Problem title="The lights below may be out of date." requestId={failure.requestId}>
          <p>{failure.message} This page asks again each second.</p>
        </Problem>
      ) : null}
      <ul class="recorder">
        {layers.map((layer) => (
          <Channel key={layer} layer={layer} history={history} />
        ))}
      </ul>
      <p class="axis" aria-hidden="true">
        <span>5 minutes ago</span>
        <span>now</span>
      </p>
      <p class="legend explanation">
        {last === undefined || took === undefined
          ? 'Waiting for the first answer.'
          : `Looked at ${clock(last.at)}, in ${duration(took)}. The line is the latency of a round trip; tall bars mean down, short ones no answer.`}
      </p>
    </>
  );
}

render(<Lazaros />, document.getElementById('main') as HTMLElement);
