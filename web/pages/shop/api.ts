// Orders, stock and payment as the shop uses them: actions by POST, and what is there by GET.
import { type Answer, get, json, post, unexpected } from '../../frame/http.ts';
import type { Item, Order, Reply, User } from './contract.ts';
import type { SagaStory } from './saga.ts';

/** @throws RequestFailed where nobody knows what became of it: then the same key may be sent again */
export async function act(path: string, idempotencyKey: string): Promise<Reply> {
  const answer = await post(path, idempotencyKey);
  if (answer.status !== 200 && answer.status !== 400) throw unexpected(answer);
  return { accepted: answer.status === 200, text: await textOf(answer), requestId: answer.requestId };
}

export const findUser = (id: string) => lookUp<User>(`/payment/find_user/${encodeURIComponent(id)}`);
export const findOrder = (id: string) => lookUp<Order>(`/orders/find/${encodeURIComponent(id)}`);
export const findSaga = (id: string, signal: AbortSignal) => lookUp<SagaStory>(`/orders/saga/${encodeURIComponent(id)}`, signal);

export async function findItem(id: string): Promise<Item | undefined> {
  const found = await lookUp<Omit<Item, 'item_id'>>(`/stock/find/${encodeURIComponent(id)}`);
  return found && { item_id: id, ...found };
}

/** Undefined for what the service does not know. The contract tells that from a failure by its text alone. */
async function lookUp<Found>(path: string, signal?: AbortSignal): Promise<Found | undefined> {
  const answer = await get(path, signal ? { signal } : {});
  if (answer.status === 400 && (await textOf(answer)).endsWith('not found!')) return undefined;
  if (answer.status !== 200) throw unexpected(answer);
  return (await json(answer)) as Found;
}

/** These texts are HTML, bare or as a page; nothing in a document parsed like this is ever run or loaded. */
async function textOf({ body }: Answer): Promise<string> {
  return new DOMParser().parseFromString(await body.text(), 'text/html').body.textContent.trim();
}
