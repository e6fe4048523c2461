// `--watch`: a changed source is served without a restart, a broken one is not, and what is in flight ends on the code that it began on.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { type CopiedCheckout, copyCheckout } from './copied-checkout.ts';

const SERVICE = 'functions/status/service.ts';
const HANDLER = 'functions/status/api.handler.ts';

let checkout: CopiedCheckout;
let app: HostedApp;
let gate: string;
let said = 'transport: ';

beforeAll(async () => {
  checkout = copyCheckout();
  gate = join(checkout.root, 'gate');
  // In the copy `/status/ready` waits while the gate file is there: a request that is in flight for as long as a test wants.
  checkout.edit(
    HANDLER,
    'import { json }',
    "import { existsSync } from 'node:fs';\nimport { setTimeout as pause } from 'node:timers/promises';\nimport { json }",
  );
  checkout.edit(HANDLER, 'ready: async () => {', `ready: async () => {\n    while (existsSync(${JSON.stringify(gate)})) await pause(20);`);
  // Longer than the 10 s that a stopping host gives, as long as a REST API waits.
  checkout.edit('lib/systems/status.ts', 'timeout: Duration.seconds(5)', 'timeout: Duration.seconds(29)');
  app = await startApp({ root: checkout.root, flags: ['--watch', '--no-kafka', '--verbose'] });
});

afterAll(async () => {
  await app?.stop();
  await app?.forget();
  checkout?.remove();
});

async function transport(): Promise<string> {
  const answer = (await (await fetch(`${app.url}/status/ready`)).json()) as { checks: Record<string, { output?: string }[]> };
  return answer.checks['messaging:responseTime']?.[0]?.output ?? '';
}

/** Has the status name its transport in other words. */
function say(words: string): void {
  checkout.edit(SERVICE, `output: \`${said}`, `output: \`${words}`);
  said = words;
}

/** What the host logs of the watching from now on. */
function watched(): () => string {
  const from = app.output().length;
  return () =>
    app
      .output()
      .slice(from)
      .split('\n')
      .filter((line) => / watch /.test(line))
      .join('\n');
}

it('serves a changed handler without a restart, and ends what is in flight on the old code', async () => {
  const log = watched();
  const before = await transport();
  writeFileSync(gate, '');
  const inFlight = transport();
  await eventually(() => /status-api.*START/.test(app.output()));

  say('carried by ');
  await eventually(() => log().includes('replaced stackyard-local-systems/'), 60_000);
  const late = transport();
  rmSync(gate);

  expect(await late).toBe('carried by sqs');
  expect(await inFlight).toBe(before);
  expect(log()).not.toContain('error');
});

it('keeps the running code at a syntax error, says where it is, and goes on when it is gone', async () => {
  const log = watched();
  const before = await transport();
  checkout.edit(SERVICE, 'export const asBooleans', 'export const const asBooleans');
  await eventually(() => log().includes('kept the running code'), 60_000);
  expect(app.output()).toMatch(/\[ERROR\].*const[\s\S]*functions\/status\/service\.ts/);
  expect(await transport()).toBe(before);

  checkout.edit(SERVICE, 'export const const asBooleans', 'export const asBooleans');
  say('brought by ');
  await eventually(async () => (await transport()) === 'brought by sqs', 60_000);
});

it('says what needs a restart, and takes over nothing of it', async () => {
  const log = watched();
  const before = await transport();
  say('sent by ');
  checkout.edit('lib/constructs/work-queue.ts', 'Duration.days(14)', 'Duration.days(13)');

  await eventually(() => /restart to apply: stackyard-local-systems\/\S*Jobs/.test(log()), 60_000);

  expect(await transport()).toBe(before);
});
