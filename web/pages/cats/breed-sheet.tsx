// One breed, opened over the list: its facts, its temperament to search on by, its pictures.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import { hrefOf, type Search } from './address.ts';
import { CatPicture } from './cat-picture.tsx';
import { temperamentsOf } from './choices.ts';
import type { Breed } from './contract.ts';
import { focusFound } from './focus.ts';
import type { Detail } from './use-details.ts';

interface Props {
  readonly id: string | undefined;
  readonly detail: Detail | undefined;
  onLeave(): void;
  onAgain(): void;
}

export function BreedSheet({ id, detail, onLeave, onAgain }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = id !== undefined;
  // At once, because nothing behind an open sheet can take the focus.
  useLayoutEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="breed"
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
      // A press beside it is a cancellation too.
      closedby="any"
    >
      {isOpen ? (
        <div class="leaf">
          <button type="button" class="plain leave" onClick={onLeave}>
            Close
          </button>
          <Contents id={id} detail={detail} onAgain={onAgain} />
        </div>
      ) : null}
    </dialog>
  );
}

function Contents({ id, detail, onAgain }: { id: string; detail: Detail | undefined; onAgain: () => void }) {
  if (detail === undefined) return <Title>Asking for the breed…</Title>;
  if ('isGone' in detail)
    return (
      <>
        <Title>No breed has the id “{id}”</Title>
        <p>It may have vanished with the last run of the synchroniser.</p>
      </>
    );
  if ('failure' in detail)
    return (
      <>
        <Title>The breed cannot be read</Title>
        <Problem title={detail.failure.message} requestId={detail.failure.requestId}>
          <p>
            <button type="button" onClick={onAgain}>
              Try again
            </button>
          </p>
        </Problem>
      </>
    );
  return <Facts breed={detail.breed} />;
}

const Title = ({ children }: { children: ComponentChildren }) => <h2 id="breed">{children}</h2>;

function Facts({ breed }: { breed: Breed }) {
  const { name, description, origin, images } = breed;
  return (
    <>
      <Title>{name}</Title>
      <dl class="facts">
        <dt class="legend">Origin</dt>
        <dd>
          <Chip by="origin" value={origin} />
        </dd>
        <dt class="legend">Temperament</dt>
        <dd>
          {temperamentsOf(breed).map((value) => (
            <Chip key={value} by="temperament" value={value} />
          ))}
        </dd>
      </dl>
      <p>{description}</p>
      {images.length === 0 ? <p class="legend">There are no pictures of this breed.</p> : null}
      <ul class="album">
        {images.map(({ id, url }, index) => (
          <li key={id}>
            <CatPicture url={url} alt={`${name}, picture ${index + 1} of ${images.length}`} />
          </li>
        ))}
      </ul>
    </>
  );
}

const Chip = (search: Search) => (
  <a class="chip" href={hrefOf({ search })} onClick={focusFound}>
    {search.value}
    <span class="unseen">: other breeds of this {search.by}</span>
  </a>
);
