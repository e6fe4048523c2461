// Cached answers are never stale: once a run was told as succeeded, nobody gets what was before it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Breed } from '../../functions/cats/routes.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';
import { type ScaledCats, scaledCats } from './cats/scaled-cats.ts';

const VERSIONS = 12;
const READERS = 6;

const folder = mkdtempSync(join(tmpdir(), 'stackyard-fresh-'));
let cats: ScaledCats;
let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
  cats = await scaledCats(folder, 1);
  await cats.control('stop');
  cats.upstreamAt(upstream.url);
});
afterAll(async () => {
  await cats.stop();
  await upstream.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Version `n` stands in every breed: in its description, and as its origin in the lists. */
const prepare = (n: number) =>
  upstream.change('breeds', (rows) => rows.map((row) => ({ ...row, description: `version ${n}`, origin: `Land ${n}` })));
const versionOf = async (id: string) => Number((await cats.get<Breed>(`/api/v1/breeds/${id}`)).description.split(' ')[1]);

const listOf = (n: number) => cats.get<unknown>(`/api/v1/breeds/?origin=Land%20${n}`);

test('readers go on through publications, and see no old answer after a run was told as succeeded', async () => {
  let told = 0;
  let over = false;
  const stale: string[] = [];
  const seen = new Set<number>();

  async function publish(n: number): Promise<void> {
    prepare(n);
    const { status, body } = await cats.control('run');
    expect(status).toBe(202);
    expect(await cats.ended(body.run as number)).toMatchObject({ state: 'succeeded' });
    told = n;
  }

  async function read(id: string): Promise<void> {
    while (!over) {
      const least = told;
      const version = await versionOf(id);
      seen.add(version);
      if (version < least) stale.push(`${id}: version ${version} after ${least} was told`);
    }
  }

  await publish(1);
  const count = ((await listOf(1)) as unknown[]).length;
  const ids = (await cats.get<{ id: string }[]>('/api/v1/breeds/')).slice(0, READERS).map(({ id }) => id);
  const readers = ids.map(read);
  try {
    for (let n = 2; n <= VERSIONS; n++) {
      await publish(n);
      for (const id of ids) expect(await versionOf(id)).toBe(n);
      // The list of the version before was kept when that was told.
      expect(await listOf(n - 1)).toEqual({ message: 'not found' });
      expect(await listOf(n)).toHaveLength(count);
    }
  } finally {
    over = true;
    await Promise.all(readers);
  }

  expect(stale).toEqual([]);
  expect(seen.size).toBe(VERSIONS);
});
