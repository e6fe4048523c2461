// Quotas of WebSocket APIs (W7, W8).

export const FRAME_BYTES = 32 * 1024;
export const MESSAGE_BYTES = 128 * 1024;
export const URL_CHARACTERS = 4096;
export const IDLE_MS = 10 * 60_000;
export const LIFETIME_MS = 2 * 3_600_000;

/** Close codes of RFC 6455 and what `$disconnect` says of them. */
export const CLOSE = {
  normal: { code: 1000, reason: 'Connection Closed Normally' },
  goingAway: { code: 1001, reason: 'Going away' },
  unsupported: { code: 1003, reason: 'Binary frames are not supported' },
  slow: { code: 1008, reason: 'The client does not read' },
  tooLarge: { code: 1009, reason: 'Frame or message too large' },
} as const;

export type Close = (typeof CLOSE)[keyof typeof CLOSE];
