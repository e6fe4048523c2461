// A rotation under load loses no request, of environments that are warm, that start just then, and that slept through it.
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionOptions, database } from '../../functions/shared/database.ts';
import { type RotationFixture, rotationFixture, SERVICE } from './rotation-fixture.ts';

let fixture: RotationFixture;

beforeAll(async () => {
  fixture = await rotationFixture();
});
afterAll(() => fixture.stop());

/** As many connections as an environment's pool has: each must be opened anew where the pool is. */
const TOGETHER = 16;
const ROTATIONS = 5;

it('serves every request while the password changes five times', async () => {
  const [asleep, warm] = [database(), database()];
  await asleep.query('SELECT 1');
  let rotating = true;
  const served = { warm: 0, cold: 0 };
  const keepOn = async (kind: keyof typeof served, request: () => Promise<unknown>) => {
    while (rotating) {
      await request();
      served[kind]++;
    }
  };
  const fresh = async () => {
    const connection = await mysql.createConnection(await connectionOptions());
    await connection.query('SELECT 1');
    await connection.end();
  };
  const load = [
    ...Array.from({ length: 4 }, () => keepOn('warm', () => warm.query('SELECT SLEEP(0.005)'))),
    ...Array.from({ length: 4 }, () => keepOn('cold', fresh)),
  ];
  const rotations = async () => {
    const passwords = new Set([fixture.login(SERVICE, 'AWSCURRENT').password]);
    for (let n = 0; n < ROTATIONS; n++) {
      await fixture.rotate(SERVICE);
      passwords.add(fixture.login(SERVICE, 'AWSCURRENT').password);
    }
    return passwords.size;
  };

  const passwords = await Promise.race([rotations(), Promise.all(load).then(() => 0)]).finally(() => {
    rotating = false;
  });
  await Promise.all(load);

  expect(passwords).toBe(1 + ROTATIONS);
  expect(Math.min(served.warm, served.cold)).toBeGreaterThan(ROTATIONS);
  // It knows a password that is five rotations old, and needs more connections than it has.
  await Promise.all(Array.from({ length: TOGETHER }, () => asleep.query('SELECT SLEEP(0.01)')));
});
