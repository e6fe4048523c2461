// `npm run localstack` and `npm run ministack`: the application on an emulator, from nothing to a page that works.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { composeDown, composeUp } from '../emulators/compose/up.ts';
import { lacking } from '../emulators/ministack/lacking.ts';
import { down, up } from '../emulators/native/up.ts';
import { phases } from '../emulators/phases.ts';
import { smoke } from '../emulators/smoke/smoke.ts';
import { projectRoot } from '../local/app/synthesis.ts';
import { createLog } from '../local/log.ts';

const [kind, ...args] = process.argv.slice(2);

async function main(): Promise<void> {
  if (kind !== 'localstack' && kind !== 'ministack') throw new Error('The first argument is localstack or ministack');
  const { values } = parseArgs({
    args,
    options: {
      native: { type: 'boolean', default: kind === 'ministack' },
      down: { type: 'boolean', default: false },
      with: { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '8000' },
      data: { type: 'string', default: join(projectRoot, '.stackyard', kind) },
    },
  });
  const dataDir = resolve(values.data);
  const log = createLog('info');
  if (values.down) {
    await (values.native ? down({ dataDir, log }) : composeDown());
    return say('Everything of it has ended, and what it kept is removed.');
  }
  const began = performance.now();
  const steps = phases(say);
  const { url, apiKey } = values.native
    ? await up({ kind, dataDir, port: Number(values.port), log, phases: steps })
    : await composeUp({ phases: steps, profiles: values.with });
  const known = kind === 'ministack' ? lacking : {};
  await smoke(url, apiKey, steps, known);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`\nready in ${seconds} s\n\n  pages      ${url}/\n  API        ${url}/api/swagger\n  key        x-api-key: ${apiKey}`);
  for (const [system, reason] of Object.entries(known)) say(`\n  ${system} is lacking there: ${reason}`);
  say(`\n  It runs on in the background. Again: deploys what has changed. With ${values.native ? '--native ' : ''}--down: ends it.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
