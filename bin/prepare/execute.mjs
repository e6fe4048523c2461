// Hands over to the real program under the Node that was prepared.
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/** Runs `script` with `args` and more `environment`; this process ends as it does, with its code or by its signal. */
export function execute(node, script, args, { cwd, environment = {} }) {
  const PATH = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  const child = spawn(node, [script, ...args], { cwd, stdio: 'inherit', env: { ...environment, ...process.env, PATH } });
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the whole group itself; forwarded, it would look like a second one.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`${node} could not be run: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
