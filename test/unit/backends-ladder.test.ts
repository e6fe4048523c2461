// Which backend is taken: decided by the environment and the folders on PATH alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kafkaJarsFolder } from '../../local/backends/kafka-jars.mjs';
import { kafkaSource, mysqlSource, redisSource } from '../../local/backends/ladder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ladder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A folder with these programs in it; each an executable file that does nothing. */
function folderOf(...programs: string[]): string {
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const program of programs) writeFileSync(join(bin, program), '', { mode: 0o755 });
  return bin;
}

/** A Java installation of that version, as its `release` file tells. */
function javaHome(version: string): string {
  const home = join(root, `java-${version}`);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), '', { mode: 0o755 });
  writeFileSync(join(home, 'release'), `IMPLEMENTOR="X"\nJAVA_VERSION="${version}"\n`);
  return home;
}

describe('mysql', () => {
  test('MYSQL_URL wins over a server on PATH, its user and password decoded', () => {
    expect(mysqlSource({ MYSQL_URL: 'mysql://app:p%40ss@db.test:3307', PATH: folderOf('mariadbd') })).toEqual({
      given: { host: 'db.test', port: 3307, user: 'app', password: 'p@ss' },
    });
  });

  test('a MYSQL_URL without port and user means 3306 and root', () => {
    expect(mysqlSource({ MYSQL_URL: 'mysql://db.test' })).toEqual({ given: { host: 'db.test', port: 3306, user: 'root', password: '' } });
  });

  test('mariadbd is preferred to mysqld', () => {
    const bin = folderOf('mysqld', 'mariadbd');
    expect(mysqlSource({ PATH: bin })).toEqual({ program: join(bin, 'mariadbd') });
  });

  test('a MYSQL_URL that is no URL is refused with an example', () => {
    expect(() => mysqlSource({ MYSQL_URL: 'localhost' })).toThrow('mysql://root:secret@127.0.0.1:3306');
  });
});

describe('redis', () => {
  test('REDIS_URL wins over a server on PATH', () => {
    expect(redisSource({ REDIS_URL: 'redis://cache.test', PATH: folderOf('redis-server') })).toEqual({
      given: { host: 'cache.test', port: 6379 },
    });
  });

  test('valkey-server serves where there is no redis-server', () => {
    const bin = folderOf('valkey-server');
    // An own redis-server of this machine in /usr/sbin would be found first; Debian's is in /usr/bin.
    expect(redisSource({ PATH: bin })).toEqual({ program: join(bin, 'valkey-server') });
  });

  test('without any, the sentence names the package and the variable', () => {
    expect(() => redisSource({ PATH: root })).toThrow(/apt-get install redis-server.*REDIS_URL/);
  });
});

describe('kafka', () => {
  test('KAFKA_BROKERS needs neither Java nor jars', () => {
    expect(kafkaSource({ KAFKA_BROKERS: 'a:9092,b:9092', PATH: root }, root)).toEqual({ given: { brokers: 'a:9092,b:9092' } });
  });

  test('KAFKA_HOME wins over jars fetched before', () => {
    mkdirSync(kafkaJarsFolder(root), { recursive: true });
    const home = javaHome('21.0.2');
    const java = join(home, 'bin', 'java');
    expect(kafkaSource({ JAVA_HOME: home, KAFKA_HOME: '/opt/kafka' }, root)).toEqual({
      program: { java, jars: { folder: '/opt/kafka/libs' } },
    });
    expect(kafkaSource({ JAVA_HOME: home }, root)).toEqual({ program: { java, jars: { folder: kafkaJarsFolder(root) } } });
  });

  test('Maven fetches the jars where there are none yet', () => {
    const bin = folderOf('mvn');
    expect(kafkaSource({ JAVA_HOME: javaHome('17.0.15'), PATH: bin }, root)).toMatchObject({
      program: { jars: { maven: join(bin, 'mvn') } },
    });
  });

  test('without jars and Maven the sentence names Maven and the ways around it', () => {
    expect(() => kafkaSource({ JAVA_HOME: javaHome('17.0.15'), PATH: root }, root)).toThrow(
      /install maven.*KAFKA_HOME.*KAFKA_BROKERS.*--no-kafka/,
    );
  });

  test.each(['11.0.20', '1.8.0_402'])('Java %s is too old, and the sentence says what to install', (version) => {
    expect(() => kafkaSource({ JAVA_HOME: javaHome(version), PATH: root }, root)).toThrow(/Java 17 or newer.*openjdk-17-jre-headless/);
  });
});
