// A process with nothing but a LocalStack, to be killed from outside: `node localstack-owner.ts <dataDir> <port>` prints it as JSON.
import { startLocalStack } from '../../emulators/localstack/start.ts';
import { createLog } from '../../local/log.ts';
import { TOOLS } from './emulator-fixture.ts';

const [dataDir = '', port] = process.argv.slice(2);
const { name, url, pid } = await startLocalStack({ toolsDir: TOOLS, dataDir, port: Number(port), log: createLog('error') });
process.stdout.write(`${JSON.stringify({ name, url, pid })}\n`);
setInterval(() => {}, 60_000);
