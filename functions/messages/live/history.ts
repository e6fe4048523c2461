// What was stored before, a piece at a time, for connections that ask for it.
import type { StoredMessage } from '../message.ts';
import type { MessageRepository } from '../repository.ts';
import { MAX_MESSAGE_BYTES } from './event.ts';

/** Between two pieces the live stream goes on for everybody else, so a piece takes some milliseconds and no more. */
const MESSAGES = 200;
const CHARACTERS = 500_000;

export interface Piece {
  readonly messages: readonly StoredMessage[];
  /** Id that the piece reaches to: the history goes on after it. */
  readonly through: number;
}

export async function pieceOfHistory(
  repository: Pick<MessageRepository, 'read'>,
  after: number,
  through: number,
  channels: readonly string[] | undefined,
): Promise<Piece> {
  if (after >= through) return { messages: [], through };
  const rows = await repository.read({ after, through, channels, limit: MESSAGES }, MAX_MESSAGE_BYTES);
  let characters = 0;
  const end = rows.findIndex(({ text }) => {
    characters += text.length;
    return characters > CHARACTERS;
  });
  // The one that passes the limit still goes along: a piece is never empty while there is more.
  const messages = end === -1 ? rows : rows.slice(0, end + 1);
  const isAll = messages.length === rows.length && rows.length < MESSAGES;
  return { messages, through: isAll ? through : (messages.at(-1)?.id ?? through) };
}
