// How much of the picture is on its way.

export function Sending({ sent }: { sent: number }) {
  const percent = Math.round(sent * 100);
  return (
    <div class="sending">
      <label for="sent">{percent < 100 ? `Sending, ${percent} %` : 'Sent, waiting for the answer'}</label>
      <progress id="sent" max="100" value={percent} />
    </div>
  );
}
