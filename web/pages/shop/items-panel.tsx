// What there is to buy, at which price, and how much of it.
import { useState } from 'preact/hooks';
import { AmountForm } from './amount-form.tsx';
import { createdId, type Item } from './contract.ts';
import { ShortId } from './short-id.tsx';

interface Props {
  readonly items: readonly Item[];
  itemName(id: string): string;
  onCreated(id: string): Promise<void>;
  onChanged(): Promise<void>;
}

export function ItemsPanel({ items, itemName, onCreated, onChanged }: Props) {
  const [news, setNews] = useState('');
  return (
    <section aria-labelledby="items-heading">
      <h2 id="items-heading">Items</h2>
      {items.length === 0 ? (
        <p class="hint">Nothing to sell yet. A new item has a price and no stock.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Price</th>
              <th scope="col">Stock</th>
              <th scope="col">Add stock</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ item_id, stock, price }) => (
              <tr key={item_id}>
                <th scope="row">
                  {itemName(item_id)} <ShortId id={item_id} of={itemName(item_id)} />
                </th>
                <td>{price}</td>
                <td>{stock}</td>
                <td>
                  <AmountForm
                    id={`stock-${item_id}`}
                    label={`Stock to add to ${itemName(item_id)}`}
                    of={`stock to ${itemName(item_id)}`}
                    initial="10"
                    least={1}
                    button="Add"
                    pendingButton="Adding…"
                    path={(amount) => `/stock/add/${encodeURIComponent(item_id)}/${amount}`}
                    done={async (reply) => {
                      await onChanged();
                      if (reply.accepted) setNews(`Stock was added to ${itemName(item_id)}.`);
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <AmountForm
        id="price"
        label="Price of a new item"
        initial="3"
        least={0}
        button="Create an item"
        pendingButton="Creating…"
        path={(price) => `/stock/item/create/${price}`}
        done={async (reply) => {
          const id = createdId(reply, 'item_id');
          if (id === undefined) return;
          await onCreated(id);
          setNews('An item was created. It has no stock yet.');
        }}
      />
      <p class="unseen" role="status">
        {news}
      </p>
    </section>
  );
}
