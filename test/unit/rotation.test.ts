// Passwords change without anybody being refused, wherever the change is cut short, against a real server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepting } from '../../functions/operations/rotation/server.ts';
import { ADMIN, type RotationFixture, rotationFixture, SERVICE, STEPS } from './rotation-fixture.ts';

let fixture: RotationFixture;

beforeAll(async () => {
  fixture = await rotationFixture();
});
afterAll(() => fixture.stop());

const current = (id: string) => fixture.login(id, 'AWSCURRENT');

describe.each([SERVICE, ADMIN])('a rotation of the secret of %s', (id) => {
  it('ends with a new password of the same user, and all else that the secret says', async () => {
    const before = current(id);

    await fixture.rotate(id);

    const after = current(id);
    expect(after).toEqual({ ...before, password: expect.stringMatching(/^[\w-]{32}$/) });
    expect(after.password).not.toBe(before.password);
    expect(await fixture.isValid(after)).toBe(true);
  });

  it('leaves the password before valid, until the next one', async () => {
    const before = current(id);

    await fixture.rotate(id);
    expect(await fixture.isValid(before)).toBe(true);

    await fixture.rotate(id);
    expect(await fixture.isValid(before)).toBe(false);
  });

  it('may run each step twice, and twice at once', async () => {
    const before = current(id);
    const version = fixture.secrets.begin(id);
    for (const step of STEPS) {
      // One of two last steps may find that the other was faster; Secrets Manager calls it again, and then all is done.
      await Promise.allSettled([fixture.step(step, id, version), fixture.step(step, id, version)]);
      await fixture.step(step, id, version);
      expect(await fixture.isValid(current(id))).toBe(true);
    }

    expect(current(id)).not.toEqual(before);
  });

  it.each([1, 2, 3])('that is given up after %i steps leaves the present password valid, and the next one succeeds', async (steps) => {
    const before = current(id);
    const abandoned = fixture.secrets.begin(id);
    for (const step of STEPS.slice(0, steps)) await fixture.step(step, id, abandoned);
    expect(current(id)).toEqual(before);
    expect(await fixture.isValid(before)).toBe(true);

    const version = fixture.secrets.begin(id);
    for (const step of STEPS) {
      await fixture.step(step, id, version);
      expect(await fixture.isValid(before)).toBe(true);
      expect(await fixture.isValid(current(id))).toBe(true);
    }
    expect(current(id)).not.toEqual(before);
  });
});

it('migrations in the middle of a rotation put no old password back', async () => {
  const version = fixture.secrets.begin(SERVICE);
  for (const step of STEPS) {
    await Promise.all([fixture.step(step, SERVICE, version), fixture.migrate()]);
    await fixture.migrate();
  }

  expect(await fixture.isValid(current(SERVICE))).toBe(true);
});

it('migrations set a password that the server does not take any more', async () => {
  fixture.secrets.create(SERVICE, JSON.stringify({ ...current(SERVICE), password: 'of a secret made anew' }));

  await fixture.migrate();

  expect(await fixture.isValid(current(SERVICE))).toBe(true);
});

it('a schedule that Secrets Manager only tries finds that the function gets through, and changes nothing', async () => {
  const before = current(SERVICE);

  await fixture.step('testSecret', SERVICE, fixture.secrets.begin(SERVICE));

  expect(current(SERVICE)).toEqual(before);
});

it('asks MySQL to keep the present password, after making sure that it is the first', () => {
  const statements = accepting('8.4.8', 'pictures_user', { now: 'present', next: 'new' });

  expect(statements).toEqual([
    ["ALTER USER ?@'%' IDENTIFIED BY ?", ['pictures_user', 'present']],
    ["ALTER USER ?@'%' IDENTIFIED BY ? RETAIN CURRENT PASSWORD", ['pictures_user', 'new']],
  ]);
});

describe('it refuses', () => {
  it('a version that Secrets Manager has not begun', async () => {
    await expect(fixture.step('createSecret', SERVICE, 'made-up')).rejects.toThrow('There is no version made-up');
  });

  it('a version that is not the pending one any more', async () => {
    const version = fixture.secrets.begin(SERVICE);
    fixture.secrets.begin(SERVICE);

    await expect(fixture.step('createSecret', SERVICE, version)).rejects.toThrow('is not the pending one');
  });

  it('to set what was not created, and to finish it', async () => {
    const version = fixture.secrets.begin(SERVICE);

    for (const step of ['setSecret', 'finishSecret'] as const)
      await expect(fixture.step(step, SERVICE, version)).rejects.toThrow('has no value yet');
  });
});
