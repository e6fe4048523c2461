// Names that must be the same after every restart, made from where a resource stands in the template.
import { createHash } from 'node:crypto';

/** A UUID (version 5 form) of `parts`; the id of an event source mapping, and with it its default consumer group (K4). */
export function stableUuid(...parts: readonly string[]): string {
  const hex = createHash('sha1').update(parts.join('\0')).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
