// What the preparation would install on Debian, and that no service starts through it.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clearStalePolicy, withoutServices } from '../../bin/prepare/debian.mjs';
import { missingPackages } from '../../bin/prepare/needs.mjs';
import { kafkaJarsFolder } from '../../local/backends/kafka-jars.mjs';

let root: string;
let policy: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prepare-'));
  policy = join(root, 'policy-rc.d');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('missing packages', () => {
  const given = { MYSQL_URL: 'mysql://db.test', REDIS_URL: 'redis://cache.test' };
  const missing = (environment: NodeJS.ProcessEnv, options = {}) =>
    missingPackages({ kafka: true, tests: false, toolsDir: root, environment: { PATH: root, ...environment }, ...options }).map(
      ([name]) => name,
    );

  test('a machine with nothing but given MySQL and Redis needs Java and Maven for Kafka', () => {
    expect(missing(given)).toEqual(['openjdk-17-jre-headless', 'maven']);
  });

  test('given servers need no package at all', () => {
    expect(missing({ ...given, KAFKA_BROKERS: 'broker.test:9092' })).toEqual([]);
  });

  test('without Kafka neither Java nor Maven is needed', () => {
    expect(missing(given, { kafka: false })).toEqual([]);
  });

  test('Maven is not needed once the jars are there, nor with KAFKA_HOME', () => {
    expect(missing({ ...given, KAFKA_HOME: '/opt/kafka' })).toEqual(['openjdk-17-jre-headless']);
    mkdirSync(kafkaJarsFolder(root));
    expect(missing(given)).toEqual(['openjdk-17-jre-headless']);
  });

  test('a Redis on PATH is enough', () => {
    const environment = { MYSQL_URL: 'mysql://db.test' };
    expect(missing(environment, { kafka: false })).toEqual(['redis-server']);
    writeFileSync(join(root, 'valkey-server'), '', { mode: 0o755 });
    expect(missing(environment, { kafka: false })).toEqual([]);
  });

  test('the tests add a browser with a font, promtool, and a Python that makes virtual environments', () => {
    expect(missing(given, { kafka: false, tests: true })).toEqual(['chromium', 'fonts-dejavu-core', 'prometheus', 'python3-venv']);
    writeFileSync(join(root, 'promtool'), '', { mode: 0o755 });
    expect(missing(given, { kafka: false, tests: true })).not.toContain('prometheus');
  });

  test('a Python counts where it has the modules for virtual environments', () => {
    writeFileSync(join(root, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    expect(missing(given, { kafka: false, tests: true })).toContain('python3-venv');
    writeFileSync(join(root, 'python3'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    expect(missing(given, { kafka: false, tests: true })).not.toContain('python3-venv');
  });
});

describe('services', () => {
  test('may not start while packages are installed, and the policy is gone afterwards', async () => {
    await withoutServices(async () => {
      expect(readFileSync(policy, 'utf8')).toMatch(/^#!\/bin\/sh\n.*\nexit 101\n$/s);
      expect(statSync(policy).mode & 0o777).toBe(0o755);
    }, policy);
    expect(existsSync(policy)).toBe(false);
  });

  test('the policy is gone after a failed installation too', async () => {
    await expect(withoutServices(() => Promise.reject(new Error('no network')), policy)).rejects.toThrow('no network');
    expect(existsSync(policy)).toBe(false);
  });

  test("the machine's own policy is left as it is", async () => {
    writeFileSync(policy, '#!/bin/sh\nexit 104\n');
    chmodSync(policy, 0o700);
    await withoutServices(async () => {}, policy);
    expect(readFileSync(policy, 'utf8')).toBe('#!/bin/sh\nexit 104\n');
  });

  test('what a killed preparation left behind is removed', async () => {
    await withoutServices(async () => writeFileSync(`${policy}.copy`, readFileSync(policy)), policy);
    const ofADeadOne = readFileSync(`${policy}.copy`, 'utf8').replace(/process \d+ \S+/, 'process 1 a-boot-long-ago');
    writeFileSync(policy, ofADeadOne);
    clearStalePolicy(policy);
    expect(existsSync(policy)).toBe(false);
  });
});
