// The pictures that this browser handed in before.
import { clock } from '../../frame/measures.ts';
import type { Recent } from '../../pictures/recent.ts';

export function RecentList({ pictures, onForget }: { pictures: readonly Recent[]; onForget: () => void }) {
  if (pictures.length === 0) return null;
  return (
    <section class="recent" aria-labelledby="recent">
      <div class="recent-head">
        <h2 id="recent">Recent pictures</h2>
        <button type="button" class="plain" onClick={onForget}>
          Forget them
        </button>
      </div>
      <ul>
        {pictures.map(({ id, name, width, height, at }) => (
          <li key={id}>
            <a href={`/result?id=${encodeURIComponent(id)}`}>{name}</a>
            <span>
              {width} × {height} px
            </span>
            <time dateTime={new Date(at).toISOString()}>
              {new Date(at).toLocaleDateString()}, {clock(at)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
