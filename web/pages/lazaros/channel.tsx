// One row of the recorder: lamp, name and word, the strip, and the numbers of now and of the last five minutes.
import { Lamp } from '../../frame/components/lamp.tsx';
import { clock, duration } from '../../frame/measures.ts';
import { summary, unchangedSince } from './history.ts';
import type { Layer, Reading } from './reading.ts';
import { Strip } from './strip.tsx';

const conditionWords = { up: 'Up', down: 'Down', unknown: 'Unknown' } as const;

export function Channel({ layer, history }: { layer: Layer; history: readonly Reading[] }) {
  const now = history.at(-1)?.layers[layer];
  const condition = now?.up === undefined ? 'unknown' : now.up ? 'up' : 'down';
  const since = unchangedSince(history, layer);
  const { median, slowest } = summary(history, layer);
  return (
    <li class="channel" aria-label={layer}>
      <div class="light">
        <Lamp condition={condition} />
        <h2>{layer}</h2>
        <p class={`word ${condition}`}>
          <span>{conditionWords[condition]}</span> {since === undefined ? null : <span class="legend">since {clock(since)}</span>}
        </p>
      </div>
      <Strip history={history} layer={layer} />
      <dl class="figures">
        <div class="now">
          <dt class="unseen">Latency now</dt>
          <dd>{condition === 'up' && now?.latency !== undefined ? duration(now.latency) : '–'}</dd>
        </div>
        {median === undefined ? null : <Figure name="median" value={duration(median)} />}
        {slowest === undefined ? null : <Figure name="slowest" value={duration(slowest)} />}
      </dl>
    </li>
  );
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div class="legend">
    <dt>{name}</dt> <dd>{value}</dd>
  </div>
);
