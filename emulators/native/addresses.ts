// The file in which the process that holds the surroundings says where they are: it is there when all of them answer.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Addresses } from './surroundings.ts';

export const addressesFile = (dataDir: string): string => join(dataDir, 'addresses.json');

export async function writeAddresses(dataDir: string, addresses: Addresses): Promise<void> {
  const file = addressesFile(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(addresses));
  await rename(`${file}.new`, file);
}

/** Undefined where they are not ready. */
export async function readAddresses(dataDir: string): Promise<Addresses | undefined> {
  const text = await readFile(addressesFile(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Addresses);
}
