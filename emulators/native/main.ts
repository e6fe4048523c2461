// Holds the emulator and the servers around an application until it is told to end, and says in a file where they are.
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { addressesFile, writeAddresses } from './addresses.ts';
import { type EmulatorKind, emulators, startSurroundings, toolsDirOf } from './surroundings.ts';

const { values } = parseArgs({ options: { kind: { type: 'string', default: '' }, data: { type: 'string', default: '' } } });
if (!(values.kind in emulators)) throw new Error(`--kind takes one of ${Object.keys(emulators).join(', ')}`);
const kind = values.kind as EmulatorKind;
const dataDir = resolve(values.data);

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ended.abort());

await rm(addressesFile(dataDir), { force: true });
const surroundings = await startSurroundings({ kind, dataDir, toolsDir: toolsDirOf(projectRoot), log: createLog('info') });
await writeAddresses(dataDir, surroundings.addresses);
if (!ended.signal.aborted) await new Promise((done) => ended.signal.addEventListener('abort', done));
await rm(addressesFile(dataDir), { force: true });
await surroundings.stop();
process.exit(0);
