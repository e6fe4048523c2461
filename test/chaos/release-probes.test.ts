// A probe that a healthy version fails would stop every release: each is answered by the functions as they are.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probes } from '../../functions/operations/release/probes.ts';
import { localStage, projectRoot, synthesize } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { type RunningHost, start } from '../../local/start.ts';

let dataDir: string;
let host: RunningHost;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stackyard-probes-'));
  const assembly = await synthesize({ ...localStage('kafka'), log: createLog('error') });
  host = await start({ dataDir, assembly, toolsDir: join(projectRoot, '.stackyard/tools') });
});

afterAll(async () => {
  await host?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test.each(Object.entries(probes))('%s answers its probe, and not with a failure of its own', async (entry, event) => {
  const { functionError, payload } = await host.invoke(`stackyard-local-${entry.replaceAll('/', '-')}`, event);
  const answer: unknown = JSON.parse(String(payload));

  expect({ functionError, answer }).toMatchObject({ functionError: undefined });
  const { statusCode = 200, body } = (answer ?? {}) as { statusCode?: number; body?: string };
  expect(Number(statusCode)).toBeLessThan(500);
  expect(body).not.toBe('DB error');
});
