// The user, the items and the order as the services know them.
import { useEffect, useRef, useState } from 'preact/hooks';
import { RequestFailed } from '../../frame/http.ts';
import { findItem, findOrder, findUser } from './api.ts';
import type { Item, Order, User } from './contract.ts';
import { nothing, type Stored, store, stored } from './stored.ts';

export interface Shop {
  readonly user?: User | undefined;
  readonly items: readonly Item[];
  readonly order?: Order | undefined;
}

export function useShop() {
  const ids = useRef(stored());
  const looks = useRef(0);
  const [shop, setShop] = useState<Shop>();
  const [failure, setFailure] = useState<RequestFailed>();
  const [forgotten, setForgotten] = useState(false);

  /** Asks for everything again. Of two looks at once, the later one counts. */
  async function refresh(): Promise<void> {
    const look = ++looks.current;
    const { user, items, order } = ids.current;
    try {
      const [foundUser, foundItems, foundOrder] = await Promise.all([
        user === undefined ? undefined : findUser(user),
        Promise.all(items.map(findItem)),
        order === undefined ? undefined : findOrder(order),
      ]);
      if (look !== looks.current) return;
      const known = foundItems.filter((item) => item !== undefined);
      const lost = known.length < items.length || (user && !foundUser) || (order && !foundOrder);
      // An order of lost items or of a lost user can never be paid.
      if (lost) keep({ ...(foundUser ? { user: foundUser.user_id } : {}), items: known.map(({ item_id }) => item_id) });
      if (lost) setForgotten(true);
      setShop({ user: foundUser, items: known, order: lost ? undefined : foundOrder });
      setFailure(undefined);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (look === looks.current) setFailure(error);
    }
  }

  function keep(next: Stored): void {
    ids.current = next;
    store(next);
  }

  useEffect(() => {
    refresh();
  }, []);

  return {
    shop,
    failure,
    /** The services did not know something that this browser had kept. */
    forgotten,
    refresh,
    /** Goes on with other ids: those given replace the ones kept. */
    change(changed: (before: Stored) => Stored): Promise<void> {
      setForgotten(false);
      keep(changed(ids.current));
      return refresh();
    },
    startOver(): Promise<void> {
      setForgotten(false);
      keep(nothing);
      return refresh();
    },
  };
}
