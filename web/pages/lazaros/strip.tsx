// The strip of a chart recorder: five minutes of one layer's latency, with the times when it was down or silent.
import { duration } from '../../frame/measures.ts';
import { type Summary, span, summary } from './history.ts';
import type { Layer, Reading } from './reading.ts';

/** Units of the drawing: a second is two wide, the scale goes from 0.1 ms at the bottom to 1 s at the top, by decades. */
const width = 600;
const height = 80;
const decades = [1, 10, 100];

const across = (at: number, now: number) => width - ((now - at) / span) * width;
const up = (milliseconds: number) => height * (1 - Math.min(1, Math.max(0, (Math.log10(milliseconds) + 1) / 4)));

export function Strip({ history, layer }: { history: readonly Reading[]; layer: Layer }) {
  const now = history.at(-1)?.at ?? 0;
  const told = summary(history, layer);
  return (
    <div class="strip">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={inWords(layer, told)}>
        {decades.map((decade) => (
          <line key={decade} class="grid" x1="0" x2={width} y1={up(decade)} y2={up(decade)} />
        ))}
        {[1, 2, 3, 4].map((minute) => (
          <line key={minute} class="grid" x1={(minute * width) / 5} x2={(minute * width) / 5} y1="0" y2={height} />
        ))}
        <path class="down" d={bars(history, now, ({ up: is }) => is === false, layer, height)} />
        <path class="silent" d={bars(history, now, ({ up: is }) => is === undefined, layer, 6)} />
        <path class="trace" d={trace(history, now, layer)} />
      </svg>
      <ol class="scale" aria-hidden="true">
        {decades.map((decade) => (
          <li key={decade} style={{ top: `${(up(decade) / height) * 100}%` }}>
            {decade} ms
          </li>
        ))}
      </ol>
    </div>
  );
}

type OneReading = Reading['layers'][Layer];

/** A bar for each reading that `which` picks, standing on the bottom; the gaps between bars make long times a hatching. */
function bars(history: readonly Reading[], now: number, which: (reading: OneReading) => boolean, layer: Layer, tall: number): string {
  return history
    .filter((entry) => which(entry.layers[layer]))
    .map(({ at }) => `M${(across(at, now) - 0.6).toFixed(1)} ${height}v-${tall}h1.2v${tall}z`)
    .join('');
}

/** A line through the latencies; it lifts the pen where the layer was not up or nobody looked for three seconds. */
function trace(history: readonly Reading[], now: number, layer: Layer): string {
  let last: number | undefined;
  return history
    .map(({ at, layers }) => {
      const { up: is, latency } = layers[layer];
      if (is !== true || latency === undefined) {
        last = undefined;
        return '';
      }
      const pen = last !== undefined && at - last < 3_000 ? 'L' : 'M';
      last = at;
      const x = across(at, now).toFixed(1);
      const y = up(latency).toFixed(1);
      return pen === 'M' ? `M${x} ${y}h.1` : `L${x} ${y}`;
    })
    .join('');
}

function inWords(layer: Layer, { asked, up: count, down, median, slowest }: Summary): string {
  if (asked === 0) return `${layer}: no history yet.`;
  const speed = median === undefined || slowest === undefined ? '' : ` Median ${duration(median)}, slowest ${duration(slowest)}.`;
  return `${layer} in the last five minutes: up in ${count} of ${asked} looks, down in ${down}.${speed}`;
}
