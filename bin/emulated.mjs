// npm run localstack, npm run ministack: prepares the machine, then runs the application on an emulator of AWS.
import { fileURLToPath } from 'node:url';
import { execute } from './prepare/execute.mjs';
import { prepare } from './prepare/prepare.mjs';

const HELP = `Deploys Stackyard to an emulator of AWS on this machine: npm run localstack -- [options]

  (no option)      LocalStack and everything beside it in containers (Docker with its compose plugin is needed)
  --with NAME      start these containers too: tools (Adminer, a Kafka UI), monitoring (Prometheus, Grafana, logs)
  --native         without Docker: LocalStack from the Python package index, the servers of npm start
  --down           end all of it, and remove what it kept; with --native, of that
  --port N         port of the one address for everything (8000); with --native
  --data DIR       folder of everything that runs (.stackyard/localstack); with --native
  --help           this text

Run again, it deploys what has changed. npm run ministack does the same on MiniStack, always without Docker.
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const [kind, ...args] = process.argv.slice(2);

if (args.includes('--help') || args.includes('-h')) process.stdout.write(HELP);
else {
  try {
    const node = await prepare({ root, kafka: true, tests: false });
    execute(node, fileURLToPath(new URL('../scripts/emulated.ts', import.meta.url)), [kind, ...args], { cwd: root });
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
