// The containers: nothing is open to others, nothing changes by itself, everything starts in an order that works.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stages } from '../../lib/config.ts';
import { compose, inRepository, mounts, root, service, services } from './compose.ts';

/** `deploy` runs once and ends. */
const ONE_RUN = 'deploy';
const lasting = services.filter(([name]) => name !== ONE_RUN);

test('only the pages and the tools are published, on 127.0.0.1', () => {
  const ports = services.flatMap(([name, { ports: published = [] }]) => published.map((port) => `${name} ${port}`));
  expect(ports.sort()).toEqual([
    'adminer 127.0.0.1:8080:8080',
    'gateway 127.0.0.1:8000:8000',
    'grafana 127.0.0.1:3000:3000',
    'kafka-ui 127.0.0.1:9021:8080',
    'prometheus 127.0.0.1:9090:9090',
  ]);
});

test('tools and monitoring start only when they are asked for, the deployment never by itself', () => {
  const profiles = Object.fromEntries(services.map(([name, { profiles: those = [] }]) => [name, those.join()]));
  expect(profiles).toEqual({
    ...{ localstack: '', mysql: '', redis: '', kafka: '', gateway: '', deploy: 'deploy' },
    ...{ adminer: 'tools', 'kafka-ui': 'tools' },
    ...{ prometheus: 'monitoring', grafana: 'monitoring', loki: 'monitoring', alloy: 'monitoring' },
  });
});

const PINNED = /:v?\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/;

describe.each(services)('%s', (name, { image, build, mem_limit, depends_on = {}, network_mode, ...rest }) => {
  test('has an image of one version, or of this checkout', () => {
    if (!build) return expect(image).toMatch(PINNED);
    expect(image).toMatch(/^stackyard\/[a-z]+:local$/);
    expect(inRepository(build.dockerfile)).toMatch(new RegExp(`^FROM packages AS ${build.target}$`, 'm'));
  });

  test('cannot take all memory', () => {
    expect(mem_limit).toMatch(/^\d+[mg]$/);
  });

  test('mounts what is there', () => {
    for (const { source } of mounts({ image, ...rest })) {
      if (source.startsWith('./')) expect(existsSync(join(root, source)), source).toBe(true);
      else if (!source.startsWith('/')) expect(Object.keys(compose.volumes), name).toContain(source);
    }
  });

  test('waits for healthy services that start with it', () => {
    for (const [other, { condition }] of Object.entries(depends_on)) {
      expect(condition).toBe('service_healthy');
      expect(service(other).healthcheck, other).toBeDefined();
      expect([undefined, ...(rest.profiles ?? [])], other).toContain(service(other).profiles?.[0]);
    }
    if (network_mode) expect(Object.keys(depends_on)).toContain(network_mode.replace('service:', ''));
  });
});

test.each(lasting)('%s has a health check, and time to come up', (_, { healthcheck }) => {
  expect(healthcheck?.test[0]).toBe('CMD');
  expect(healthcheck?.start_period).toMatch(/^\d+s$/);
  expect(healthcheck?.timeout).toMatch(/^\d+s$/);
});

test.each(lasting)('%s comes back after a crash, unless it would come back empty', (name, { restart }) => {
  expect(restart).toBe(name === 'localstack' ? 'no' : 'unless-stopped');
});

test('every volume is used', () => {
  const used = services.flatMap(([, each]) => mounts(each).map(({ source }) => source));
  for (const volume of Object.keys(compose.volumes)) expect(used).toContain(volume);
});

test('the images stand on one version of Node, which is ours', () => {
  const from = /^FROM node:(\d+\.\d+\.\d+)-bookworm-slim AS packages$/m.exec(inRepository('docker/gateway/Dockerfile'))?.[1];
  const { devDependencies } = JSON.parse(inRepository('package.json')) as { devDependencies: Record<string, string> };
  expect(from).toBe(devDependencies.node);
});

test('functions find their neighbours where the stage says', () => {
  const { data } = stages.localstack;
  if (data.kind !== 'external') throw new Error('the stage makes its own data services');
  const mysql = new URL(data.mysqlUrl);
  expect([service(mysql.hostname).environment?.MYSQL_ROOT_PASSWORD, mysql.port]).toEqual([mysql.password, '3306']);
  expect(service(new URL(data.redisUrl).hostname)).toBeDefined();
  expect(service('gateway').command).toEqual(
    expect.arrayContaining([`--control=${data.controlUrl}`, `--connections=${new URL(data.connectionsUrl).origin}`]),
  );
  expect(service('localstack').environment?.LAMBDA_DOCKER_NETWORK).toBe(compose.networks.default.name);
});
