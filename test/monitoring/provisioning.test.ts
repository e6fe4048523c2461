// Who is asked by whom: each address in a configuration is a service here, each path is mounted.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compose, inRepository, mounts, service } from './compose.ts';
import { dashboards } from './dashboards.ts';
import { configuration, program } from './prometheus.ts';

const yaml = <Content>(path: string) => parse(inRepository(path)) as Content;

/** Where a file of the repository is in a container. */
function inContainer(name: string, path: string): string {
  const mount = mounts(service(name)).find(({ source }) => `./${path}`.startsWith(source));
  if (!mount) throw new Error(`${name} does not see ${path}`);
  return join(mount.target, `./${path}`.slice(mount.source.length));
}

test('promtool finds nothing wrong with the configuration of Prometheus', () => {
  const { status, stdout, stderr } = spawnSync(program('promtool'), ['check', 'config', configuration], { encoding: 'utf8' });
  expect({ status, said: stdout + stderr }).toMatchObject({ status: 0, said: expect.stringContaining('SUCCESS') });
});

test('Prometheus asks the gateway, and itself', () => {
  const { scrape_configs } = yaml<{ scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[] }>(
    'docker/prometheus/prometheus.yml',
  );
  const targets = Object.fromEntries(
    scrape_configs.map((job) => [job.job_name, job.static_configs.flatMap((each) => each.targets).join()]),
  );
  expect(targets).toEqual({ stackyard: 'gateway:8000', prometheus: 'localhost:9090' });
  expect(service('gateway').command).toContain('--port=8000');
  expect(service('prometheus').command).toContain(`--config.file=${inContainer('prometheus', 'docker/prometheus/prometheus.yml')}`);
});

test('Grafana reads its data sources from services that are here', () => {
  const { datasources } = yaml<{ datasources: { uid: string; url: string; jsonData: { timeInterval?: string } }[] }>(
    'docker/grafana/provisioning/datasources/stackyard.yml',
  );
  for (const { url } of datasources) expect(service(new URL(url).hostname).profiles).toEqual(['monitoring']);
  const { global } = yaml<{ global: { scrape_interval: string } }>('docker/prometheus/prometheus.yml');
  expect(datasources.find(({ uid }) => uid === 'prometheus')?.jsonData.timeInterval).toBe(global.scrape_interval);
  expect(inContainer('grafana', 'docker/grafana/provisioning/datasources')).toBe('/etc/grafana/provisioning/datasources');
});

test('Grafana reads the dashboards where they are mounted, and opens with the overview', () => {
  const { providers } = yaml<{ providers: { options: { path: string } }[] }>('docker/grafana/provisioning/dashboards/stackyard.yml');
  expect(providers.map(({ options }) => options.path)).toEqual([inContainer('grafana', 'docker/grafana/dashboards')]);
  expect(inContainer('grafana', 'docker/grafana/provisioning/dashboards')).toBe('/etc/grafana/provisioning/dashboards');
  expect(service('grafana').environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH).toBe(
    inContainer('grafana', 'docker/grafana/dashboards/overview.json'),
  );
});

test('a line’s request id leads to a page that takes it', () => {
  const [, page, variable] =
    /url: \/d\/([a-z-]+)\?var-(\w+)=/.exec(inRepository('docker/grafana/provisioning/datasources/stackyard.yml')) ?? [];
  const dashboard = [...dashboards.values()].find(({ uid }) => uid === page);
  expect(dashboard?.templating.list.map(({ name }) => name)).toContain(variable);
});

test('Loki is configured by the file that it is given, and keeps its data in the volume', () => {
  expect(service('loki').command).toEqual([`-config.file=${inContainer('loki', 'docker/loki/loki.yml')}`]);
  const { common } = yaml<{ common: { path_prefix: string } }>('docker/loki/loki.yml');
  expect(mounts(service('loki'))).toContainEqual({ source: 'loki', target: common.path_prefix });
});

test('Alloy reads the containers of our network and hands their lines to Loki, each part to one that is there', () => {
  const config = inRepository('docker/alloy/config.alloy').replaceAll(/^\s*\/\/.*$/gm, '');
  const declared = [...config.matchAll(/^([a-z.]+) "(\w+)" \{$/gm)].map(([, kind, label]) => `${kind}.${label}`);
  const used = [...config.matchAll(/((?:loki|discovery)\.[a-z.]+\.\w+)\.(?:targets|output|receiver)\b/g)].map(([, reference]) => reference);
  expect(used.length).toBe(declared.length - 1);
  for (const reference of used) expect(declared).toContain(reference);
  expect(config.match(/\{/g)?.length).toBe(config.match(/\}/g)?.length);
  expect(config).toMatch(new RegExp(`__meta_docker_network_name"\\]\\s+regex\\s+= "${compose.networks.default.name}"`));
  const url = /url = "(.+)"/.exec(config)?.[1] ?? '';
  expect([new URL(url).hostname, new URL(url).port]).toEqual([
    'loki',
    String(yaml<{ server: { http_listen_port: number } }>('docker/loki/loki.yml').server.http_listen_port),
  ]);
  expect(service('alloy').command).toContain(inContainer('alloy', 'docker/alloy/config.alloy'));
});
