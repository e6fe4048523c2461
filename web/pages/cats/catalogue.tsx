// The breeds: search, what it found, and the breed that is open.
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import { hrefOf, type Navigation, type Search } from './address.ts';
import { BlankGrid, BreedGrid } from './breed-grid.tsx';
import { BreedSheet } from './breed-sheet.tsx';
import type { SyncStatus } from './contract.ts';
import { SearchForm } from './search-form.tsx';
import { useBreeds } from './use-breeds.ts';
import { breedsOf, useDetails } from './use-details.ts';

interface Props {
  readonly navigation: Navigation;
  readonly version: string;
  readonly status: SyncStatus | undefined;
}

export function Catalogue({ navigation: { address, go, leaveBreed }, version, status }: Props) {
  const { all, found, failure, again } = useBreeds(address.search, version);
  const { details, want } = useDetails(version);
  const [named, setNamed] = useState('');
  const shown = (found?.breeds ?? []).filter(({ name }) => name.toLowerCase().includes(named.trim().toLowerCase()));

  useEffect(() => {
    if (address.breed !== undefined) want([address.breed]);
  }, [address.breed, version]);

  const opened = address.breed === undefined ? undefined : details.get(address.breed);
  const subject = opened && 'breed' in opened ? opened.breed.name : address.search?.value;
  useEffect(() => {
    document.title = `${subject === undefined ? '' : `${subject} · `}Cats · Stackyard`;
  }, [subject]);

  return (
    <section class="part" aria-labelledby="breeds">
      <h2 id="breeds">Breeds</h2>
      <SearchForm
        search={address.search}
        known={breedsOf(details)}
        named={named}
        onApproach={() => want((all ?? []).map(({ id }) => id))}
        onSearch={(search) => go({ search })}
        onNamed={setNamed}
      />
      {failure === undefined ? null : (
        <Problem
          title={found === undefined ? 'The breeds cannot be read.' : 'The breeds below may be out of date.'}
          requestId={failure.requestId}
        >
          <p>{failure.message}</p>
          <p>
            <button type="button" onClick={again}>
              Try again
            </button>
          </p>
        </Problem>
      )}
      {found === undefined && failure === undefined ? <BlankGrid /> : null}
      {found === undefined ? null : (
        <>
          <p class="found" id="found" tabIndex={-1}>
            <span role="status">{foundWords(shown.length, found.search, named)}</span>{' '}
            {found.search === undefined ? null : <a href={hrefOf({})}>Show all breeds</a>}
          </p>
          {all?.length === 0 ? <NoBreedsYet status={status} /> : null}
          {all?.length !== 0 && found.breeds.length === 0 ? (
            <p class="hint">Temperaments and origins are searched for exactly as they are written.</p>
          ) : null}
          <BreedGrid breeds={shown} search={found.search} details={details} want={want} version={version} />
        </>
      )}
      <BreedSheet
        id={address.breed}
        detail={opened}
        onLeave={leaveBreed}
        onAgain={() => address.breed !== undefined && want([address.breed])}
      />
    </section>
  );
}

function foundWords(count: number, search: Search | undefined, named: string): string {
  const breeds = `${count === 0 ? 'No' : count} ${count === 1 ? 'breed' : 'breeds'}`;
  const told = search && (search.by === 'origin' ? `from “${search.value}”` : `of the temperament “${search.value}”`);
  return [breeds, told, named.trim() === '' ? undefined : `with “${named.trim()}” in the name`].filter(Boolean).join(' ');
}

function NoBreedsYet({ status }: { status: SyncStatus | undefined }) {
  if (status?.lastRun?.state === 'failed' && !status.running)
    return <p>No run has succeeded yet: why the last one failed is told below. Breeds appear here as soon as one has.</p>;
  if (status !== undefined && !status.enabled && !status.running)
    return <p>Nothing has been fetched yet, and the schedule is stopped. Start it below, or run it once.</p>;
  return <p>Breeds are being fetched for the first time. They appear here as soon as they are there.</p>;
}
