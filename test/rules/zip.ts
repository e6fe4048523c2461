// A zip file of small texts, as Lambda takes code: no library of the project writes one.
import { crc32, deflateRawSync } from 'node:zlib';
import type { Files } from './fixture-sources.ts';

const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
/** 1 January 1980: the same files give the same bytes. */
const DATE = 0x21;
/** Unix, rw-r--r--. */
const [MADE_BY, MODE] = [0x031e, 0o100644 * 0x10000];

export function zip(files: Files): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    // Version, flags, method, time, date, checksum, sizes, length of the name, none of extra fields.
    const entry = Buffer.alloc(26);
    for (const [at, value] of [20, UTF8_NAMES, DEFLATED, 0, DATE].entries()) entry.writeUInt16LE(value, at * 2);
    for (const [at, value] of [crc32(content), packed.length, content.length].entries()) entry.writeUInt32LE(value, 10 + at * 4);
    entry.writeUInt16LE(name.length, 22);
    local.push(Buffer.from('PK\x03\x04'), entry, name, packed);
    // Lengths of comment, disk and internal attributes are zero.
    const where = Buffer.alloc(14);
    where.writeUInt32LE(MODE, 6);
    where.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(MADE_BY);
    central.push(Buffer.from('PK\x01\x02'), madeBy, entry, where, name);
    offset += 4 + entry.length + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end]);
}
