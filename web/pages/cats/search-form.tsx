// Searches by temperament or by origin, and narrows what was found by name.
import { useEffect, useState } from 'preact/hooks';
import { Field, fieldAttributes } from '../../frame/components/field.tsx';
import type { Search } from './address.ts';
import { choices, meant } from './choices.ts';
import type { Breed } from './contract.ts';

const terms = { temperament: 'Temperament', origin: 'Origin' } as const;

interface Props {
  readonly search: Search | undefined;
  /** Those that have been loaded; what they have is offered. */
  readonly known: readonly Breed[];
  readonly named: string;
  /** Somebody is about to search: now all that can be searched by is wanted. */
  onApproach(): void;
  onSearch(search: Search | undefined): void;
  onNamed(named: string): void;
}

export function SearchForm({ search, known, named, onApproach, onSearch, onNamed }: Props) {
  const [by, setBy] = useState<Search['by']>(search?.by ?? 'temperament');
  const [typed, setTyped] = useState(search?.value ?? '');
  useEffect(() => {
    if (search) setBy(search.by);
    setTyped(search?.value ?? '');
  }, [search?.by, search?.value]);
  const offered = choices(known, by);

  function onSubmit(event: Event): void {
    event.preventDefault();
    const value = meant(typed, offered);
    onSearch(value === '' ? undefined : { by, value });
  }

  return (
    <search class="finders">
      <form class="search" aria-label="Search" onSubmit={onSubmit} onFocusCapture={onApproach}>
        <fieldset>
          <legend class="unseen">Search by</legend>
          {(Object.keys(terms) as Search['by'][]).map((term) => (
            <label key={term} class="choice">
              <input type="radio" name="by" checked={by === term} onChange={() => setBy(term)} /> {terms[term]}
            </label>
          ))}
        </fieldset>
        <input
          id="value"
          aria-label={terms[by]}
          list="offered"
          autoComplete="off"
          spellcheck={false}
          placeholder={by === 'origin' ? 'Egypt' : 'Playful'}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <datalist id="offered">
          {offered.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <button type="submit">Search</button>
      </form>
      <Field id="named" label="Only names with">
        <input
          {...fieldAttributes({ id: 'named' })}
          type="search"
          autoComplete="off"
          spellcheck={false}
          value={named}
          onInput={(event) => onNamed(event.currentTarget.value)}
        />
      </Field>
    </search>
  );
}
