// Page `/shop`: somebody with credit, items with stock, an order; and its checkout as the saga that it is.
import '../../frame/theme.css';
import '../../frame/components.css';
import './shop.css';
import './saga.css';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import { CheckoutSection } from './checkout-section.tsx';
import type { Reply } from './contract.ts';
import { focusAfterwards } from './focus.ts';
import { ItemsPanel } from './items-panel.tsx';
import { OrderPanel } from './order-panel.tsx';
import { letters } from './terms.ts';
import { useAction } from './use-action.ts';
import { useSaga } from './use-saga.ts';
import { useShop } from './use-shop.ts';
import { UserPanel } from './user-panel.tsx';
import { verdictOf } from './verdict.ts';

function ShopPage() {
  const { shop, failure, forgotten, refresh, change, startOver } = useShop();
  const [reply, setReply] = useState<Reply>();
  const checkout = useAction(async (answer) => {
    setReply(answer);
    await refresh();
    focusAfterwards('outcome');
  });
  const order = shop?.order;
  const saga = useSaga(order?.order_id, checkout.pending);
  const items = shop?.items ?? [];
  const itemName = (id: string) => {
    const position = items.findIndex(({ item_id }) => item_id === id);
    return `item ${position < 0 ? id.slice(0, 8) : letters(position)}`;
  };
  const lastAttempt = saga.story?.attempts.at(-1);

  // Whoever carried it on: when an attempt has changed its state, stock, credit and the order may be others.
  useEffect(() => {
    if (lastAttempt !== undefined) refresh();
  }, [lastAttempt?.attempt, lastAttempt?.state]);

  async function beginAnew(change: () => Promise<void>, focus: string): Promise<void> {
    setReply(undefined);
    checkout.clear();
    await change();
    focusAfterwards(focus);
  }

  return (
    <>
      <h1>A shop that never loses money or items</h1>
      <p>
        Somebody with credit, something to sell, an order. Checking out takes three services that either all do their part, or all undo it.
      </p>
      <p role="status">
        {forgotten
          ? 'The services do not know everything any more that was kept here: they were started anew. What is gone was taken off.'
          : ''}
      </p>
      {failure ? (
        <Problem title="The shop cannot be shown as it is now." requestId={failure.requestId}>
          <p>{failure.message}</p>
          <p>
            <button type="button" onClick={refresh}>
              Try again
            </button>
          </p>
        </Problem>
      ) : null}
      {shop === undefined ? (
        failure ? null : (
          <p role="status">Asking the services…</p>
        )
      ) : (
        <>
          <div class="counters">
            <UserPanel user={shop.user} onCreated={(user) => change((before) => ({ ...before, user }))} onChanged={refresh} />
            <ItemsPanel
              items={items}
              itemName={itemName}
              onCreated={(item) => change((before) => ({ ...before, items: [...before.items, item] }))}
              onChanged={refresh}
            />
            <OrderPanel
              user={shop.user}
              items={items}
              order={order}
              checkout={checkout}
              tried={lastAttempt !== undefined}
              itemName={itemName}
              onCreated={(created) => change((before) => ({ ...before, order: created }))}
              onChanged={refresh}
              onLeave={() => beginAnew(() => change(({ order: _, ...before }) => before), 'create-order')}
            />
          </div>
          <CheckoutSection
            checkout={checkout}
            saga={saga}
            verdict={order && verdictOf({ order, credit: shop.user?.credit ?? 0, items, reply, lastAttempt, itemName })}
            itemName={itemName}
          />
          {shop.user || items.length > 0 ? (
            <p class="over">
              <button type="button" class="plain" onClick={() => beginAnew(startOver, 'create-user')}>
                Start over with a new user and new items
              </button>
            </p>
          ) : null}
        </>
      )}
    </>
  );
}

render(<ShopPage />, document.getElementById('main') as HTMLElement);
