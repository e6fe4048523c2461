// The database as services use it, against a real server: transactions, retries, a password that changes.
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, codeOf, type Database } from '../../functions/shared/database.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

let fixture: DatabaseFixture;
let database: Database;

beforeAll(async () => {
  fixture = await databaseFixture();
  database = fixture.database;
  await fixture.admin('CREATE TABLE pictures.counters (id VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY, n BIGINT, at DATETIME(3))');
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  await fixture.admin('DELETE FROM pictures.counters');
  await fixture.admin("INSERT INTO pictures.counters VALUES ('a', 0, NULL), ('b', 0, NULL)");
});

const add = (connection: Connection, id: string, n = 1) => connection.query('UPDATE counters SET n = n + ? WHERE id = ?', [n, id]);
async function counts(): Promise<Record<string, number>> {
  const [rows] = await database.query<RowDataPacket[]>('SELECT id, n FROM counters ORDER BY id');
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
}

describe('a transaction', () => {
  it('is committed when it resolves', async () => {
    const result = await database.transaction(async (connection) => {
      await add(connection, 'a');
      expect(await counts()).toEqual({ a: 0, b: 0 });
      return 'result';
    });

    expect(result).toBe('result');
    expect(await counts()).toEqual({ a: 1, b: 0 });
  });

  it('is undone whole when its work fails, which is not tried again', async () => {
    let attempts = 0;
    const failing = database.transaction(async (connection) => {
      attempts++;
      await add(connection, 'a');
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(attempts).toBe(1);
    expect(await counts()).toEqual({ a: 0, b: 0 });
  });

  it('that is the victim of a deadlock (1213) runs again: both have their effect once', async () => {
    const attempts = { first: 0, second: 0 };
    const held = { first: Promise.withResolvers<void>(), second: Promise.withResolvers<void>() };
    const crossing = (name: 'first' | 'second', other: 'first' | 'second', rows: [string, string]) =>
      database.transaction(async (connection) => {
        attempts[name]++;
        await add(connection, rows[0]);
        held[name].resolve();
        await held[other].promise;
        await add(connection, rows[1]);
      });

    await Promise.all([crossing('first', 'second', ['a', 'b']), crossing('second', 'first', ['b', 'a'])]);

    expect(attempts.first + attempts.second).toBe(3);
    expect(await counts()).toEqual({ a: 2, b: 2 });
  });

  it('that waited too long for a lock (1205) runs again from its start', async () => {
    let attempts = 0;
    const isLocked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holder = database.transaction(async (connection) => {
      await add(connection, 'b', 10);
      isLocked.resolve();
      await release.promise;
    });
    await isLocked.promise;

    const waiting = database.transaction(async (connection) => {
      if (++attempts === 2) {
        release.resolve();
        await holder;
      }
      await connection.query('SET innodb_lock_wait_timeout = 1');
      await add(connection, 'a');
      await add(connection, 'b');
    });

    await waiting.finally(release.resolve);
    expect(attempts).toBe(2);
    expect(await counts()).toEqual({ a: 1, b: 11 });
  });

  it('gives up after five attempts, with the error', async () => {
    let attempts = 0;
    const hopeless = database.transaction(async () => {
      attempts++;
      throw Object.assign(new Error('deadlock'), { errno: 1213 });
    });

    await expect(hopeless).rejects.toThrow('deadlock');
    expect(attempts).toBe(5);
  });

  it('whose connection breaks fails, changes nothing, and leaves the pool usable', async () => {
    const broken = database.transaction(async (connection) => {
      await add(connection, 'a');
      const [[{ id } = { id: 0 }]] = await connection.query<RowDataPacket[]>('SELECT CONNECTION_ID() AS id');
      await fixture.admin('KILL ?', [id]);
      await add(connection, 'b');
    });

    await expect(broken).rejects.toThrow();
    expect(await counts()).toEqual({ a: 0, b: 0 });
  });
});

describe('a pool', () => {
  const connectionId = async () => {
    const [[row]] = await database.query<RowDataPacket[]>('SELECT CONNECTION_ID() AS id');
    return row?.id as number;
  };

  it('keeps its connections, and takes new ones after five minutes without use: the old may have been cut without a word', async () => {
    const first = await connectionId();
    fixture.clock.now += 300_000;
    expect(await connectionId()).toBe(first);
    fixture.clock.now += 300_001;
    expect(await connectionId()).not.toBe(first);
  });

  it('closes what it leaves', async () => {
    const first = await connectionId();
    fixture.clock.now += 300_001;
    await connectionId();
    await vi.waitUntil(async () => {
      const open = (await fixture.admin('SELECT id FROM information_schema.processlist')) as { id: number }[];
      return open.every(({ id }) => id !== first);
    });
  });
});

describe('a rotated secret', () => {
  it('is read anew when the server refuses the old password', async () => {
    await database.transaction(async (connection) => {
      await add(connection, 'a');
      await fixture.rotate('second');
      // This one needs a connection of its own, which the old password does not open any more.
      await add(database, 'b');
    });

    expect(await counts()).toEqual({ a: 1, b: 1 });
  });

  it('serves transactions that come together just as well', async () => {
    await database.query('SELECT 1');
    await fixture.rotate('third');

    await Promise.all(Array.from({ length: 8 }, () => database.transaction((connection) => add(connection, 'a'))));

    expect(await counts()).toEqual({ a: 8, b: 0 });
  });

  it('that is wrong is an error, not a loop', async () => {
    await fixture.admin("ALTER USER pictures_user@'%' IDENTIFIED BY 'unknown to the secret'");
    const opened = database.transaction((connection) => Promise.all([connection.query('SELECT 1'), ...newConnections()]));

    expect(codeOf(await opened.catch((error: unknown) => error))).toBe(1045);
    await fixture.rotate('fourth');
    expect(await counts()).toEqual({ a: 0, b: 0 });
  });

  const newConnections = () => Array.from({ length: 15 }, () => database.query('SELECT SLEEP(0.01)'));
});

describe('values', () => {
  it('come back as they went in: times in UTC to the millisecond, any text, case and all', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z');

    await database.query('INSERT INTO counters VALUES (?, 1, ?), (?, 2, NULL)', ['Ä🐈', at, 'ä🐈']);

    const [rows] = await database.query<RowDataPacket[]>('SELECT id, at FROM counters WHERE id = ?', ['Ä🐈']);
    expect(rows).toEqual([{ id: 'Ä🐈', at }]);
    const stored = await fixture.admin('SELECT CAST(at AS CHAR) AS text FROM pictures.counters WHERE n = 1 AND at IS NOT NULL');
    expect(stored).toEqual([{ text: '2026-03-29 01:30:00.123' }]);
  });

  it('may be integers beyond 2^53', async () => {
    await database.query("UPDATE counters SET n = 9007199254740993 WHERE id = 'a'");

    expect(String((await counts()).a)).toBe('9007199254740993');
  });

  it('cannot break out of their place', async () => {
    const [rows] = await database.query<RowDataPacket[]>('SELECT * FROM counters WHERE id = ?', ["' OR 1=1 -- "]);

    expect(rows).toEqual([]);
  });
});

it('migrations run again change nothing', async () => {
  const history = () => fixture.admin('SELECT name, applied_at FROM pictures.migrations ORDER BY name');
  const before = await history();

  await fixture.migrate();

  expect(before).toMatchObject([{ name: '001_pictures.sql' }, { name: '002_idempotency_keys.sql' }]);
  expect(await history()).toEqual(before);
});

describe('migrations', () => {
  it('do not go on beside another deployment that is migrating', async () => {
    await fixture.admin("SELECT GET_LOCK('migrations', 0)");
    await expect(fixture.migrate(0)).rejects.toThrow('Another deployment');

    await fixture.admin("SELECT RELEASE_LOCK('migrations')");
    await fixture.migrate(0);
  });
});
