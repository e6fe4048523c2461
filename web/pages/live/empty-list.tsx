// What stands there as long as there is no message.
import { channelsInAddress } from './filter-form.tsx';

export function EmptyList() {
  const [channel] = channelsInAddress() ?? [];
  const address = `${location.origin}/endpoint/${channel === undefined ? '' : `?channel=${channel}`}`;
  return (
    <div class="empty">
      <p>
        No message yet{channel === undefined ? '' : ', not in these channels and not lately'}. What anybody sends appears here at once: from
        the form, or from a terminal:
      </p>
      <pre>{`curl -X POST '${address}' \\\n  -H 'content-type: application/json' \\\n  -d '{"hello": "world"}'`}</pre>
    </div>
  );
}
