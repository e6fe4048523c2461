// Pictures by category, page by page.
import { useState } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import type { RequestFailed } from '../../frame/http.ts';
import { CatPicture } from './cat-picture.tsx';
import { type Category, PAGE_SIZE, useCategories, usePlates } from './use-categories.ts';

export function Categories({ version }: { version: string }) {
  const { categories, failure } = useCategories(version);
  const [chosen, setChosen] = useState<number>();
  const full = (categories ?? []).filter(({ count }) => count > 0);
  const empty = (categories ?? []).filter(({ count }) => count === 0);
  const shown = full.find(({ id }) => id === chosen) ?? full[0];
  return (
    <section class="part" aria-labelledby="categories">
      <h2 id="categories">Categories</h2>
      <Failure failure={failure} />
      {categories !== undefined && full.length === 0 ? <p>There are no pictures by category yet.</p> : null}
      {shown === undefined ? null : (
        <>
          <fieldset class="tabs">
            <legend class="unseen">Category</legend>
            {full.map(({ id, name }) => (
              <label key={id} class="choice">
                <input type="radio" name="category" checked={id === shown.id} onChange={() => setChosen(id)} /> {name}
              </label>
            ))}
          </fieldset>
          <Album key={shown.id} category={shown} version={version} />
        </>
      )}
      {full.length > 0 && empty.length > 0 ? (
        <p class="legend">No pictures are fetched of {new Intl.ListFormat('en').format(empty.map(({ name }) => name))}.</p>
      ) : null}
    </section>
  );
}

function Album({ category, version }: { category: Category; version: string }) {
  const [page, setPage] = useState(0);
  const { plates, failure } = usePlates(category.id, page, version);
  const count = plates?.count ?? category.count;
  const last = Math.max(0, Math.ceil(count / PAGE_SIZE) - 1);
  // Fewer pictures than there were: the page that was looked at is gone.
  if (page > last) setPage(last);
  const first = page * PAGE_SIZE;
  const shown = Math.max(0, Math.min(PAGE_SIZE, count - first));
  const images = plates?.page === page ? plates.images : [];
  return (
    <>
      {last === 0 ? null : (
        <p class="pager">
          <Turn label="Previous" to={page - 1} last={last} onTurn={setPage} />
          <span role="status">{`${first + 1} to ${first + shown} of ${count}`}</span>
          <Turn label="Next" to={page + 1} last={last} onTurn={setPage} />
        </p>
      )}
      <Failure failure={failure} />
      <ul class="album small">
        {Array.from({ length: shown }, (_, place) => (
          <li key={place}>
            <CatPicture url={images[place]?.url} alt={`Cat, ${category.name}, picture ${first + place + 1} of ${count}`} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Not `disabled` at the ends, because that would take the focus from whoever turns pages by keyboard. */
const Turn = ({ label, to, last, onTurn }: { label: string; to: number; last: number; onTurn: (page: number) => void }) => {
  const isThere = to >= 0 && to <= last;
  return (
    <button type="button" aria-disabled={!isThere} onClick={() => isThere && onTurn(to)}>
      {label}
      <span class="unseen"> pictures</span>
    </button>
  );
};

const Failure = ({ failure }: { failure: RequestFailed | undefined }) =>
  failure === undefined ? null : (
    <Problem title="The pictures cannot be read." requestId={failure.requestId}>
      <p>{failure.message} They are asked for again when the synchroniser answers, or when you choose another page.</p>
    </Problem>
  );
