// What the shop holds before customers come: the same for every system.

export const ITEMS = 10_000;
export const ORDERS = 100_000;
/** As many as orders, so that random customers rarely meet. */
const USERS = 100_000;
export const PRICE = 5;
/** Of an item, and of a user's credit: more than any run takes. */
const PLENTY = 1_000_000;

export async function stockItems(url: string): Promise<void> {
  await post(`${url}/stock/batch_init/${ITEMS}/${PLENTY}/${PRICE}`);
}

export async function fundUsers(url: string): Promise<void> {
  await post(`${url}/payment/batch_init/${USERS}/${PLENTY}`);
}

/** Orders "0" to "n-1" of two random items each, unpaid; also when they were paid before. */
export async function placeOrders(url: string): Promise<void> {
  await post(`${url}/orders/batch_init/${ORDERS}/${ITEMS}/${USERS}/${PRICE}`);
}

async function post(url: string): Promise<void> {
  const response = await fetch(url, { method: 'POST' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
