// The rules of messages: accept, list, find. No clock, no environment, no SQL: what it needs is handed in.
import type { Database } from '../shared/database.ts';
import { type Answer, Refusal } from '../shared/http/answer.ts';
import { type Attempt, idempotently } from '../shared/idempotency.ts';
import { badRequest, success } from './answers.ts';
import type { Intake } from './intake.ts';
import type { listCache, Page } from './list-cache.ts';
import type { Message } from './message.ts';
import { isTooDeep } from './payload.ts';
import type { MessageRepository, Range, Sized } from './repository.ts';

/** Of a page's payloads: an answer of Lambda ends at 6 MB, where quotes, backslashes and line ends of JSON take two bytes each. */
const PAGE_BYTES = 3_000_000;

export interface Dependencies {
  readonly database: Database;
  readonly messages: MessageRepository;
  readonly intake: Intake;
  readonly cached: ReturnType<typeof listCache>;
  readonly keyOf: (attempt: Attempt) => string;
}

export interface Listing {
  readonly after: number;
  readonly limit: number;
  readonly channel?: string | undefined;
}

export function messagesService({ database, messages, intake, cached, keyOf }: Dependencies) {
  /** 200 once the queue holds the message. */
  async function send(
    { text: sent, channel, requestId }: Pick<Message, 'text' | 'channel' | 'requestId'>,
    attempt: Attempt,
  ): Promise<Answer> {
    const text = sent.trim();
    if (isTooDeep(text)) throw new Refusal(badRequest('Bad input.'));
    const key = keyOf(attempt);
    const message = { key, channel, text, at: attempt.now.toISOString(), requestId };
    const accept = async () => {
      await intake.accept(message);
      return success(text, null, { 'message-id': key });
    };
    // Without a key there is nothing to remember, and the database may be away.
    return attempt.key === undefined ? accept() : idempotently(database, attempt, accept);
  }

  async function list({ after, limit, channel }: Listing): Promise<Answer> {
    const range: Range = { after, through: await messages.last(), channels: channel === undefined ? undefined : [channel], limit };
    const { text, ids, next } = await cached(range, () => page(range));
    const query = new URLSearchParams({ after: String(next), limit: String(limit), ...(channel === undefined ? {} : { channel }) });
    return success(
      text,
      ids.map((id) => [id, null]),
      next === undefined ? {} : { Link: `</endpoint/?${query}>; rel="next"` },
    );
  }

  async function page(range: Range): Promise<Page> {
    // One more than asked for, to know whether there is a next page.
    const sizes = await messages.sizes({ ...range, limit: range.limit + 1 });
    const fitting = withinPage(sizes).slice(0, range.limit);
    const ids = fitting.map(({ id }) => id);
    const through = ids.at(-1);
    if (through === undefined) return { text: '[]', ids: [], next: undefined };
    const rows = await messages.read({ ...range, through }, PAGE_BYTES);
    return {
      text: `[${rows.map(({ id, text }) => `[${id},${text}]`).join(',')}]`,
      ids,
      next: ids.length < sizes.length ? through : undefined,
    };
  }

  async function find(id: string): Promise<Answer> {
    const unknown = () => new Refusal(badRequest(`Could not find object with id: ${id}`));
    if (!/^[1-9]\d{0,15}$/.test(id)) throw unknown();
    const number = Number(id);
    // Nobody is told of what is not on disk yet.
    if (number > (await messages.last())) throw unknown();
    const text = await messages.find(number);
    if (text === undefined) throw unknown();
    return success(`[${number},${text}]`, [number, null]);
  }

  return { send, list, find };
}

/** At least one, and no more than fit into an answer. */
function withinPage(sizes: readonly Sized[]): readonly Sized[] {
  let bytes = 0;
  const end = sizes.findIndex((one, index) => {
    bytes += one.bytes + 24;
    return index > 0 && bytes > PAGE_BYTES;
  });
  return end === -1 ? sizes : sizes.slice(0, end);
}
