// Sizes of a client's frames (W7), read beside the library that takes them apart: that one knows no limit for a single frame.
import { FRAME_BYTES, MESSAGE_BYTES } from './limits.ts';

/** Two bytes, eight of length, four of mask. */
const LONGEST_HEADER = 14;
const FIRST_CONTROL_OPCODE = 8;

/** Takes the bytes as they come; calls `exceeded` once, at the first frame or message that is too large. */
export function frameWatch(exceeded: () => void): (chunk: Buffer) => void {
  const header = Buffer.alloc(LONGEST_HEADER);
  let known = 0;
  let payloadLeft = 0;
  let messageBytes = 0;
  let watching = true;

  function frame(length: number) {
    const opcode = (header[0] ?? 0) & 0x0f;
    if (opcode >= FIRST_CONTROL_OPCODE) return;
    messageBytes = length + (opcode === 0 ? messageBytes : 0);
    if (length <= FRAME_BYTES && messageBytes <= MESSAGE_BYTES) return;
    watching = false;
    exceeded();
  }

  return (chunk) => {
    for (let at = 0; watching && at < chunk.length; ) {
      if (payloadLeft > 0) {
        const passed = Math.min(payloadLeft, chunk.length - at);
        payloadLeft -= passed;
        at += passed;
        continue;
      }
      header[known++] = chunk[at++] ?? 0;
      const length = payloadLength(header, known);
      if (length === undefined) continue;
      known = 0;
      payloadLeft = length;
      frame(length);
    }
  };
}

/** Undefined while the header is not complete. */
function payloadLength(header: Buffer, known: number): number | undefined {
  if (known < 2) return undefined;
  const second = header[1] ?? 0;
  const short = second & 0x7f;
  const extended = short === 127 ? 8 : short === 126 ? 2 : 0;
  if (known < 2 + extended + (second & 0x80 ? 4 : 0)) return undefined;
  if (extended === 8) return Number(header.readBigUInt64BE(2));
  return extended === 2 ? header.readUInt16BE(2) : short;
}
