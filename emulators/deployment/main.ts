// In a container of docker-compose.localstack.yml: synthesizes the stage with the containers' names, and deploys it to the emulator beside it.
import { tmpdir } from 'node:os';
import { synthesize } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { phases } from '../phases.ts';
import { adminKey } from './api-key.ts';
import { deployTo } from './deploy.ts';

const { AWS_ENDPOINT_URL: emulatorUrl = 'http://localhost:4566' } = process.env;
const say = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const steps = phases(say);
  const log = createLog('info');
  const assembly = await steps.run('synthesis', () => synthesize({ name: 'localstack', context: { stage: 'localstack' }, log }));
  await deployTo({ emulatorUrl, assembly, logDir: tmpdir(), phases: steps });
  say(`x-api-key: ${await adminKey(emulatorUrl)}`);
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
