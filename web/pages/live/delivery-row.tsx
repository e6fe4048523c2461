// One message: how far it has come, what it says, and how long it took.
import { useMemo } from 'preact/hooks';
import { duration } from '../../frame/measures.ts';
import type { Delivery } from '../../live/deliveries.ts';
import { Payload } from './payload.tsx';

/** A row that has not changed is the same element as before, which is not looked into again. */
export const DeliveryRow = ({ delivery }: { delivery: Delivery }) => useMemo(() => row(delivery), [delivery]);

function row(delivery: Delivery) {
  const { id, channel, at, receivedAfter, storedAfter, requestId } = delivery;
  const state = id === undefined ? 'received' : 'stored';
  const isTimed = receivedAfter !== undefined || storedAfter !== undefined;
  return (
    <li class={`delivery ${state}`} title={`Request id ${requestId}`}>
      <svg class="mark" viewBox="0 0 12 12" aria-hidden="true">
        {id === undefined ? <circle cx="6" cy="6" r="4.5" /> : <path d="M1.5 6.5l3 3 6-7" />}
      </svg>
      <span class="id">
        <span class="unseen">{state} </span>
        {id === undefined ? 'received' : <a href={`/endpoint/${id}`}>#{id}</a>}
      </span>
      <span class="channel">
        <span class="unseen">channel </span>
        {channel}
      </span>
      <Payload delivery={delivery} />
      <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
      {isTimed ? (
        <>
          <After what="received" milliseconds={receivedAfter} />
          <After what="stored" milliseconds={storedAfter} />
        </>
      ) : (
        <span class="after earlier">{id === undefined ? '' : 'earlier'}</span>
      )}
    </li>
  );
}

const After = ({ what, milliseconds }: { what: string; milliseconds: number | undefined }) => (
  <span class="after">
    <span class="what">{what} after </span>
    {/* Less than nothing: the clocks of server and browser differ. */}
    {milliseconds === undefined ? '–' : milliseconds < 0 ? `−${duration(-milliseconds)}` : duration(milliseconds)}
  </span>
);

const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString(undefined, {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
