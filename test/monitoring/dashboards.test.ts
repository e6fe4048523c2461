// What Grafana would not say aloud: a wrong reference shows as an empty panel, a uid that is used twice as a missing page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generated } from '../../docker/grafana/source/generate.ts';
import { dashboards, folder, questions } from './dashboards.ts';

const provisioned = parse(readFileSync(join(folder, '../provisioning/datasources/stackyard.yml'), 'utf8')) as {
  datasources: { uid: string; type: string }[];
};
const sources = provisioned.datasources.map(({ uid, type }) => ({ type, uid }));

const overlap = (one: Place, other: Place) =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
type Place = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

test('every system has a dashboard, beside those for all of them', () => {
  expect([...dashboards.keys()].sort()).toEqual(
    ['overview', 'status', 'pictures', 'messages', 'orders', 'cats', 'workers', 'logs'].map((name) => `${name}.json`).sort(),
  );
});

test('the files are what their sources make', () => {
  const files = new Map([...dashboards.keys()].map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  expect(files, 'Write them anew with: node docker/grafana/source/generate.ts').toEqual(generated());
});

test('uids are unique, and say which page they are', () => {
  for (const [name, { uid }] of dashboards) expect(uid).toBe(`stackyard-${name.replace('.json', '')}`);
});

test('titles of pages differ', () => {
  const titles = [...dashboards.values()].map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

describe.each([...dashboards])('%s', (_, { panels, templating }) => {
  test('asks sources that are provisioned', () => {
    const asked = [...panels, ...panels.flatMap(({ targets }) => targets), ...templating.list].flatMap(({ datasource }) =>
      datasource ? [datasource] : [],
    );
    expect(asked.length).toBeGreaterThan(0);
    for (const source of asked) expect(sources).toContainEqual(source);
  });

  test('says of each panel what it is about, in which unit', () => {
    for (const { title, description, type, fieldConfig, targets } of panels) {
      expect(title).toMatch(/^[A-Z][^.:]*$/);
      expect(description, title).toMatch(/\.$/);
      expect(targets.length, title).toBeGreaterThan(0);
      if (type === 'stat' || type === 'timeseries') expect(fieldConfig?.defaults.unit, title).toBeTruthy();
    }
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });

  test('has panels that one can take in, none over another', () => {
    expect(panels.length).toBeLessThanOrEqual(10);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const panel of panels) {
      expect(panel.gridPos.x + panel.gridPos.w, panel.title).toBeLessThanOrEqual(24);
      for (const other of panels)
        if (other !== panel) expect(overlap(panel.gridPos, other.gridPos), `${panel.title}, ${other.title}`).toBe(false);
    }
  });
});

test('pages of numbers have six panels at least', () => {
  for (const [name, { panels }] of dashboards) if (name !== 'logs.json') expect(panels.length, name).toBeGreaterThanOrEqual(6);
});

test('no variable of Grafana is left in a question', () => {
  expect(questions.length).toBeGreaterThan(60);
  for (const [place, expr] of questions) expect(expr, place).not.toContain('$');
});
