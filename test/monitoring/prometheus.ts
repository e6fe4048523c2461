// A real Prometheus with the configuration of the containers, adapted in nothing but whom it asks and how often.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { findExecutable } from '../../local/backends/executables.mjs';
import { keptPorts } from '../../local/backends/ports.ts';
import { eventually } from '../support/eventually.ts';
import { removed, startChild, temporaryFolder } from './child.ts';

export const configuration = join(import.meta.dirname, '../../docker/prometheus/prometheus.yml');

interface Configuration {
  readonly global: object;
  readonly scrape_configs: readonly { readonly job_name: string }[];
}

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface Prometheus {
  /** What an expression gives now. Throws with Prometheus' own words where it is none. */
  query(expr: string): Promise<Series[]>;
  /** Resolves when the application has been scraped twice more: then all that it counted before is in, and has a sample before it. */
  scrapedTwice(): Promise<void>;
  stop(): Promise<void>;
}

export function program(name: 'prometheus' | 'promtool'): string {
  const found = findExecutable([name]);
  if (!found) throw new Error(`This needs ${name}, which Debian's package prometheus has: apt-get install prometheus.`);
  return found;
}

export async function startPrometheus(application: string): Promise<Prometheus> {
  const folder = await temporaryFolder();
  const [port = 0] = await keptPorts(folder, 1);
  const address = `127.0.0.1:${port}`;
  await writeFile(join(folder, 'prometheus.yml'), await adapted({ stackyard: new URL(application).host, prometheus: address }));
  const args = ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=${address}`];
  const isReady = async () => (await fetch(`http://${address}/-/ready`)).ok;
  const child = await startChild(program('prometheus'), args, folder, isReady).catch(async (error: unknown) => {
    await removed(folder);
    throw error;
  });
  const query = (expr: string) => queried(`http://${address}`, expr);
  const scrapes = async () => Number((await query('count_over_time(up{job="stackyard"}[1h])'))[0]?.value[1] ?? 0);
  return {
    query,
    async scrapedTwice() {
      const before = await scrapes();
      await eventually(async () => (await scrapes()) >= before + 2);
    },
    async stop() {
      await child.stop();
      await removed(folder);
    },
  };
}

/** The configuration with these targets, by the names of the jobs. */
async function adapted(targets: Readonly<Record<string, string>>): Promise<string> {
  const { scrape_configs, ...rest } = parse(await readFile(configuration, 'utf8')) as Configuration;
  return stringify({
    ...rest,
    // An emulator's functions take their time.
    global: { scrape_interval: '2s', scrape_timeout: '2s' },
    scrape_configs: scrape_configs.map((job) => ({ ...job, static_configs: [{ targets: [targets[job.job_name]] }] })),
  });
}

async function queried(url: string, expr: string): Promise<Series[]> {
  const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query: expr }) });
  const { status, error, data } = (await answer.json()) as { status: string; error?: string; data: { result: Series[] } };
  if (status !== 'success') throw new Error(`${expr}: ${error}`);
  return data.result;
}
