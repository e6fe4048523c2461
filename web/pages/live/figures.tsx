// Latency of the last hundred messages, in numbers and as a line, and how many there are.
import { duration } from '../../frame/measures.ts';
import type { Latency, Measured } from '../../live/measurements.ts';

const WIDTH = 200;
const HEIGHT = 32;

export function Figures({ measured: { received, stored, trace, perSecond }, count }: { measured: Measured; count: number }) {
  return (
    <div class="figures">
      <dl>
        <LatencyFigure name="Received after" latency={received} />
        <LatencyFigure name="Stored after" latency={stored} />
        <div>
          <dt>Rate</dt>
          <dd>
            {Math.round(perSecond)} <span class="legend">a second</span>
          </dd>
          <dd class="legend">{count.toLocaleString('en')} seen</dd>
        </div>
      </dl>
      <Trace trace={trace} stored={stored} />
    </div>
  );
}

const LatencyFigure = ({ name, latency }: { name: string; latency: Latency | undefined }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {latency === undefined ? '–' : duration(latency.median)} <span class="legend">median</span>
    </dd>
    <dd class="legend">{latency === undefined ? '–' : duration(latency.p99)} p99</dd>
  </div>
);

/** From zero to the slowest; the newest is at the right. */
function Trace({ trace, stored }: { trace: readonly number[]; stored: Latency | undefined }) {
  const slowest = Math.max(1, ...trace);
  const bars = trace.map((value, index) => {
    const tall = Math.max(1, (value / slowest) * HEIGHT);
    return `M${WIDTH - (trace.length - index) * 2} ${HEIGHT}v-${tall.toFixed(1)}h1.4v${tall.toFixed(1)}z`;
  });
  const words = stored
    ? `Time until stored of the last ${trace.length} messages: median ${duration(stored.median)}, slowest ${duration(slowest)}`
    : 'No message was measured yet';
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        <path d={bars.join('')} />
      </svg>
      <figcaption class="legend">
        {trace.length === 0 ? 'Each message that arrives while you watch is a bar' : `Last ${trace.length}, slowest ${duration(slowest)}`}
      </figcaption>
    </figure>
  );
}
