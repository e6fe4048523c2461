// Breeds as plates: a picture, the name and where it comes from. A name opens the breed.
import { useEffect, useState } from 'preact/hooks';
import { hrefOf, type Search } from './address.ts';
import { CatPicture } from './cat-picture.tsx';
import type { BreedName } from './contract.ts';
import type { Detail, Details } from './use-details.ts';

const SHOWN_AT_FIRST = 12;
/** Takes a line's place. */
const NOTHING = '\u00a0';

interface Props {
  readonly breeds: readonly BreedName[];
  readonly search: Search | undefined;
  readonly details: Details;
  want(ids: readonly string[]): void;
  readonly version: string;
}

export function BreedGrid({ breeds, search, details, want, version }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? breeds : breeds.slice(0, SHOWN_AT_FIRST);
  const ids = shown.map(({ id }) => id);
  useEffect(() => want(ids), [ids.join(), version]);
  return (
    <>
      <ul class="plates">
        {shown.map(({ id, name }) => (
          <li key={id}>
            <a href={hrefOf({ search, breed: id })}>
              <Plate name={name} detail={details.get(id)} />
            </a>
          </li>
        ))}
      </ul>
      {breeds.length > SHOWN_AT_FIRST ? (
        <button type="button" class="plain" onClick={() => setAll(!all)}>
          {all ? `Show the first ${SHOWN_AT_FIRST}` : `Show all ${breeds.length}`}
        </button>
      ) : null}
    </>
  );
}

/** What the page holds free for breeds that have been asked for. */
export const BlankGrid = () => (
  <ul class="plates" aria-hidden="true">
    {Array.from({ length: SHOWN_AT_FIRST }, (_, place) => (
      <li key={place}>
        <Plate name={NOTHING} detail={undefined} />
      </li>
    ))}
  </ul>
);

function Plate({ name, detail }: { name: string; detail: Detail | undefined }) {
  const breed = detail !== undefined && 'breed' in detail ? detail.breed : undefined;
  return (
    <>
      <CatPicture url={breed?.images[0]?.url} alt="" isMissing={detail !== undefined} />
      <span class="breed-name">{name}</span>
      <span class="legend">{breed?.origin ?? NOTHING}</span>
    </>
  );
}
