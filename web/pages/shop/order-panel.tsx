// What a user wants to have: lines of items, their total, and the check-out.
import { useRef, useState } from 'preact/hooks';
import { ActionButton } from './action-button.tsx';
import { ActionProblem } from './action-problem.tsx';
import { AmountForm } from './amount-form.tsx';
import { createdId, type Item, type Order, type User } from './contract.ts';
import { focusAfterwards } from './focus.ts';
import { ShortId } from './short-id.tsx';
import { type Action, useAction } from './use-action.ts';

interface Props {
  readonly user: User | undefined;
  readonly items: readonly Item[];
  readonly order: Order | undefined;
  readonly checkout: Action;
  readonly tried: boolean;
  itemName(id: string): string;
  onCreated(id: string): Promise<void>;
  onChanged(): Promise<void>;
  onLeave(): Promise<void>;
}

export function OrderPanel(props: Props) {
  const { user, order, onCreated } = props;
  const create = useAction(async (reply) => {
    const id = createdId(reply, 'order_id');
    if (id === undefined) return;
    await onCreated(id);
    focusAfterwards('item');
  });
  return (
    <section aria-labelledby="order-heading">
      <h2 id="order-heading">Order</h2>
      {order !== undefined ? (
        <OpenOrder {...props} order={order} />
      ) : user === undefined ? (
        <p class="hint">Create a user first: an order belongs to somebody.</p>
      ) : (
        <>
          <p class="hint">Nothing ordered yet.</p>
          <ActionButton
            action={create}
            id="create-order"
            label="Create an order"
            pendingLabel="Creating…"
            path={`/orders/create/${encodeURIComponent(user.user_id)}`}
            primary
          />
          <ActionProblem action={create} />
        </>
      )}
    </section>
  );
}

function OpenOrder({ items, order, checkout, tried, itemName, onChanged, onLeave }: Props & { order: Order }) {
  return (
    <>
      <p class="figure">
        <span class="number">{order.total_cost}</span> credit {order.paid ? 'paid' : 'in total'}
      </p>
      <p class="legend">
        Order <ShortId id={order.order_id} of="the order" />
      </p>
      {order.items.length === 0 ? null : (
        <table>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Quantity</th>
            </tr>
          </thead>
          <tbody>
            {order.items.map(([id, quantity], line) => (
              <tr key={`${line} ${id}`}>
                <th scope="row">{itemName(id)}</th>
                <td>{quantity}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {order.paid ? null : <AddItem order={order} items={items} itemName={itemName} onChanged={onChanged} />}
      {order.paid || order.items.length === 0 ? null : (
        <ActionButton
          action={checkout}
          label={tried ? 'Check out again' : 'Check out'}
          pendingLabel="Checking out…"
          path={`/orders/checkout/${encodeURIComponent(order.order_id)}`}
          primary
        />
      )}
      <p>
        <button type="button" class="plain" onClick={onLeave}>
          Another order
        </button>
      </p>
    </>
  );
}

type AddItemProps = Pick<Props, 'items' | 'itemName' | 'onChanged'> & { order: Order };

function AddItem({ order, items, itemName, onChanged }: AddItemProps) {
  const select = useRef<HTMLSelectElement>(null);
  const [news, setNews] = useState('');
  if (items.length === 0) return <p class="hint">Create an item first, then add it here.</p>;
  const chosen = () => select.current?.value ?? '';
  return (
    <>
      <AmountForm
        id="quantity"
        label="Quantity"
        initial="1"
        least={1}
        button="Add to the order"
        pendingButton="Adding…"
        path={(quantity) => `/orders/addItem/${encodeURIComponent(order.order_id)}/${encodeURIComponent(chosen())}/${quantity}`}
        done={async (reply) => {
          await onChanged();
          if (reply.accepted) setNews(`${itemName(chosen())} was added to the order.`);
        }}
      >
        <div class="field">
          <label for="item">Item</label>
          <select id="item" ref={select}>
            {items.map(({ item_id }) => (
              <option key={item_id} value={item_id}>
                {itemName(item_id)}
              </option>
            ))}
          </select>
        </div>
      </AmountForm>
      <p class="unseen" role="status">
        {news}
      </p>
    </>
  );
}
