// Without Kafka everything works over SQS, says so, and loses nothing either.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { base64, order, picture } from '../support/pictures.ts';
import { commandLine, descendants } from '../support/processes.ts';

const flags = ['--no-kafka'];
let app: HostedApp;
let image: string;

beforeAll(async () => {
  image = base64(await picture(600, 400));
  app = await startApp({ flags });
});

afterAll(async () => {
  await app?.stop();
  await app?.forget();
});

async function post(width: number): Promise<string> {
  const response = await order(app.url, { image, width, height: 10 });
  expect(response.status).toBe(201);
  return response.headers.get('identifier') ?? '';
}

/** Soon, also after a kill: what the dead consumer held must not wait for the queue's visibility timeout of six minutes. */
const widthOf = (id: string) =>
  eventually(async () => {
    const response = await fetch(`${app.url}/api/${id}`);
    return response.status === 200 ? ((await response.json()) as { width: number }).width : undefined;
  });

it('says that jobs go over SQS, in the greeting and in the status', async () => {
  expect(app.output()).toMatch(/jobs over +SQS, because Kafka was left out/);
  const ready = (await (await fetch(`${app.url}/status/ready`)).json()) as {
    status: string;
    checks: Record<string, { output?: string }[]>;
  };
  expect(ready.status).toBe('pass');
  expect(ready.checks['messaging:responseTime']?.[0]?.output).toBe('transport: sqs');
});

it('runs no Java', () => {
  const programs = descendants(app.pid).map(commandLine);
  expect(programs).toContainEqual(expect.stringContaining('mariadb'));
  expect(programs.filter((program) => program.includes('java'))).toEqual([]);
});

it('resizes a picture', async () => {
  expect(await widthOf(await post(12))).toBe(12);
});

it('finishes after kill -9 and another start what was queued before', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => post(20 + index)));
  await app.kill();

  app = await startApp({ flags, dataDir: app.dataDir });

  expect(await Promise.all(ids.map(widthOf))).toEqual(ids.map((_, index) => 20 + index));
});
