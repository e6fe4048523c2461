// What is looked at, kept in the page's address, so that it can be handed on, and Back leads where one came from.
import { useEffect, useState } from 'preact/hooks';

export interface Search {
  readonly by: 'temperament' | 'origin';
  readonly value: string;
}

export interface Address {
  readonly search: Search | undefined;
  /** Id of the breed that is open. */
  readonly breed: string | undefined;
}

/** Of both, the temperament counts, as it does at the API. */
export function addressOf(query: string): Address {
  const parameters = new URLSearchParams(query);
  const search = (['temperament', 'origin'] as const)
    .map((by) => ({ by, value: parameters.get(by)?.trim() ?? '' }))
    .find(({ value }) => value !== '');
  return { search, breed: parameters.get('breed') || undefined };
}

export function hrefOf({ search, breed }: Partial<Address>): string {
  const query = new URLSearchParams({ ...(search ? { [search.by]: search.value } : {}), ...(breed ? { breed } : {}) });
  return `/cats${query.size === 0 ? '' : `?${query}`}`;
}

export interface Navigation {
  readonly address: Address;
  go(to: Partial<Address>): void;
  /** Closes the breed: back to the list where one came from it, otherwise on to the list. */
  leaveBreed(): void;
}

export function useAddress(): Navigation {
  const [address, setAddress] = useState(() => addressOf(location.search));

  function open(href: string): void {
    const before = addressOf(location.search);
    if (href === hrefOf(before)) return;
    const next = addressOf(new URL(href, location.href).search);
    history.pushState({ fromList: before.breed === undefined && next.breed !== undefined }, '', href);
    setAddress(next);
  }

  useEffect(() => {
    const arrived = () => setAddress(addressOf(location.search));
    /** Links within the page, as long as nobody wants them in another tab. */
    const clicked = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (link.origin !== location.origin || link.pathname !== '/cats' || link.hash !== '') return;
      event.preventDefault();
      open(link.pathname + link.search);
    };
    addEventListener('popstate', arrived);
    document.addEventListener('click', clicked);
    return () => {
      removeEventListener('popstate', arrived);
      document.removeEventListener('click', clicked);
    };
  }, []);

  return {
    address,
    go: (to) => open(hrefOf(to)),
    leaveBreed: () => (history.state?.fromList ? history.back() : open(hrefOf({ search: address.search }))),
  };
}
