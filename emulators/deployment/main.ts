// In a container of docker-compose.localstack.yml: synthesizes the stage with the containers' names, and deploys it to the emulator beside it.
import { lookup } from 'node:dns/promises';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { synthesize } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { phases } from '../phases.ts';
import { deployTo } from './deploy.ts';

const { values } = parseArgs({ options: { emulator: { type: 'string', default: 'http://localstack:4566' } } });

/** CDK puts a bucket's name before the emulator's, which no DNS knows; it does not before an address. */
async function byAddress(url: string): Promise<string> {
  const { protocol, hostname, port } = new URL(url);
  const { address } = await lookup(hostname, { family: 4 });
  return `${protocol}//${address}:${port}`;
}

try {
  const steps = phases((line) => void process.stdout.write(`${line}\n`));
  const log = createLog('info');
  const assembly = await steps.run('synthesis', () => synthesize({ name: 'localstack', context: { stage: 'localstack' }, log }));
  await deployTo({ emulatorUrl: await byAddress(values.emulator), assembly, logDir: tmpdir(), phases: steps });
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
