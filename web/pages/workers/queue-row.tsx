// One queue or topic: what it is, its numbers, and its dead letters with the way back.
import type { WorkQueue } from './contract.ts';
import { age, count, rate } from './figures.ts';
import { ReplayPanel } from './replay-panel.tsx';

export function QueueRow({ queue, onReplayed }: { queue: WorkQueue; onReplayed: () => Promise<void> }) {
  const { name, kind, description, consumers, waiting, inFlight, oldestAgeSeconds, processedPerSecond, failures, deadLetters } = queue;
  const hasDeadLetters = (deadLetters ?? 0) > 0;
  return (
    <li class="queue" aria-label={name}>
      <div class="what">
        <h2>{name}</h2>
        <p>{description}</p>
        <p class="legend">
          {kind === 'topic' ? 'Kafka topic' : 'SQS queue'}, read by {consumers.join(', ')}
        </p>
      </div>
      <dl class="numbers">
        <Figure name="waiting" value={count(waiting)} />
        {kind === 'topic' ? null : <Figure name="in flight" value={count(inFlight)} />}
        <Figure name="oldest" value={age(oldestAgeSeconds)} />
        <Figure name="per second" value={rate(processedPerSecond)} />
        <Figure name="failures / h" value={count(failures)} isBad={(failures ?? 0) > 0} />
        <Figure name="dead letters" value={count(deadLetters)} isBad={hasDeadLetters} />
      </dl>
      <ReplayPanel queue={name} hasDeadLetters={hasDeadLetters} onReplayed={onReplayed} />
    </li>
  );
}

const Figure = ({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) => (
  <div class={isBad ? 'bad' : ''}>
    <dt class="legend">{name}</dt>
    <dd>{value}</dd>
  </div>
);
