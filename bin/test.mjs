// npm test: prepares the machine with what the tests need on top, then runs them.
import { fileURLToPath } from 'node:url';
import { execute } from './prepare/execute.mjs';
import { prepare } from './prepare/prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const node = await prepare({ root, kafka: true, tests: true });
  execute(node, fileURLToPath(new URL('../scripts/test.ts', import.meta.url)), process.argv.slice(2), { cwd: root });
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
