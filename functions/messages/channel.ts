import * as z from 'zod';

/** Name of a channel, wherever it comes from: a query, a client's frame, the queue. */
export const CHANNEL_NAME = /^[\w.-]{1,64}$/;

export const Channel = z.string().regex(CHANNEL_NAME, { error: 'must be 1 to 64 letters, digits, dots, dashes or underscores' });
