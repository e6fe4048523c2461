// What clients are told, as JSON text. Payloads go in as the text that they are.
import type { Message, StoredMessage } from '../message.ts';

/** A frame of a WebSocket API has 32 KB. */
export const FRAME_BYTES = 32_000;
/** Payload that still fits into a frame of its own, with names and ids around it. */
export const MAX_MESSAGE_BYTES = 30_000;

const payload = (text: string) => (text === '' ? '"message":null,"truncated":true' : `"message":${text}`);
const about = ({ key, channel, text, at, requestId }: Message) =>
  `"key":"${key}","channel":"${channel}",${payload(text)},"at":"${at}","requestId":${JSON.stringify(requestId)}`;

export const receivedEvent = (message: Message): string => `{"type":"received",${about(message)}}`;

/** A payload that is too large for a frame is to be fetched from `href`. */
export const storedEvent = (message: StoredMessage): string =>
  `{"type":"stored","id":${message.id},${about(message)}${message.text === '' ? `,"href":"/endpoint/${message.id}"` : ''}}`;

export const resumedEvent = (after: number, through: number): string => JSON.stringify({ type: 'resumed', after, through });
export const subscribedEvent = (channels: readonly string[] | undefined): string =>
  JSON.stringify({ type: 'subscribed', channels: channels ?? null });
export const errorEvent = (message: string): string => JSON.stringify({ type: 'error', message });
