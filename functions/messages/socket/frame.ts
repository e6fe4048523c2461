// Frames that clients send.
import * as z from 'zod';
import { CHANNEL_NAME } from '../channel.ts';

const error = 'Frames are JSON: {"action":"resume","after":<id>} or {"action":"subscribe","channels":[<name>, …]}';
const names = { error: 'channels: names have 1 to 64 letters, digits, dots, dashes or underscores' };
const channels = z.array(z.string(names).regex(CHANNEL_NAME, names), names);

const Frame = z.discriminatedUnion(
  'action',
  [
    z.object({
      action: z.literal('resume'),
      after: z.int({ error: 'after must be the id of a message, or 0' }).min(0, { error: 'after must be the id of a message, or 0' }),
    }),
    z.object({
      action: z.literal('subscribe'),
      channels: channels.max(100, { error: 'channels: at most 100' }).nullish(),
    }),
  ],
  { error },
);
export type Frame = z.infer<typeof Frame>;

/** The frame, or what is wrong with it in words for the client. */
export function readFrame(text: string): { readonly frame: Frame } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: error };
  }
  const parsed = Frame.safeParse(value);
  return parsed.success ? { frame: parsed.data } : { problem: parsed.error.issues[0]?.message ?? error };
}
