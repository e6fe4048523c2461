// The messages, newest first, and the button that holds them still.
import { DeliveryRow } from './delivery-row.tsx';
import { EmptyList } from './empty-list.tsx';
import type { Live } from './use-live.ts';

export function DeliveryList({ live: { view, isBusy, sincePause, togglePause } }: { live: Live }) {
  const { rows, state, measured } = view;
  const isWaiting = state.is === 'connecting' || state.is === 'catching up';
  if (rows.length === 0 && sincePause === undefined) return isWaiting ? <p>Asking for the newest messages…</p> : <EmptyList />;
  return (
    <>
      <p class="pace">
        <button type="button" onClick={togglePause}>
          {sincePause === undefined ? 'Pause' : 'Go on'}
        </button>{' '}
        <span class="hint">{pace()}</span>
      </p>
      <div class="delivery titles" aria-hidden="true">
        <span />
        <span>Id</span>
        <span>Channel</span>
        <span>Message</span>
        <span>Sent at</span>
        <span>Received</span>
        <span>Stored</span>
      </div>
      <ol class="deliveries" aria-label="Messages, newest first">
        {rows.map((row) => (
          <DeliveryRow key={row.key} delivery={row} />
        ))}
      </ol>
    </>
  );

  function pace(): string {
    if (sincePause !== undefined)
      return sincePause === 0 ? 'Paused. Nothing new since.' : `Paused. ${sincePause.toLocaleString('en')} new since.`;
    if (isBusy) return `${Math.round(measured.perSecond)} a second, too fast to read: only the newest are shown, four times a second.`;
    return rows.length >= 500 ? 'The newest 500 are shown.' : '';
  }
}
