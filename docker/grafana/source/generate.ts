// Writes the dashboards that Grafana reads: node docker/grafana/source/generate.ts
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboard } from './dashboard.ts';
import { cats } from './pages/cats.ts';
import { logs } from './pages/logs.ts';
import { messages } from './pages/messages.ts';
import { orders } from './pages/orders.ts';
import { overview } from './pages/overview.ts';
import { pictures } from './pages/pictures.ts';
import { status } from './pages/status.ts';
import { workers } from './pages/workers.ts';

const pages = [overview, status, pictures, messages, orders, cats, workers];
const biome = join(import.meta.dirname, '../../../node_modules/.bin/biome');

/** Where the files are. */
export const folder = join(import.meta.dirname, '../dashboards');

/** File name → content, formatted as everything here. */
export const generated = (): Map<string, string> =>
  new Map([...pages.map((page) => [`${page.name}.json`, formatted(dashboard(page))] as const), ['logs.json', formatted(logs)]]);

const formatted = (content: object): string =>
  execFileSync(biome, ['format', '--stdin-file-path=dashboard.json'], { input: JSON.stringify(content, undefined, 2), encoding: 'utf8' });

if (import.meta.main) for (const [name, content] of generated()) writeFileSync(join(folder, name), content);
