// Every expression of every dashboard gives data, asked of a real Prometheus that scraped the application while it was used.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { url } from '../system/application.ts';
import { questions } from './dashboards.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';
import { useEverything } from './traffic.ts';

let prometheus: Prometheus;
beforeAll(async () => {
  prometheus = await startPrometheus(url);
  // Twice: a counter that is born with its first request has not risen yet.
  for (let round = 1; round <= 2; round++) {
    await useEverything();
    await prometheus.scrapedTwice();
  }
});
afterAll(() => prometheus?.stop());

test('the application answers its scrapes, as Prometheus wants them', async () => {
  expect(await prometheus.query('up == 0')).toEqual([]);
  expect((await prometheus.query('up{job="stackyard"}')).length).toBe(1);
  expect(await prometheus.query('stackyard_collector_up == 0')).toEqual([]);
});

test.each(questions)('%s', async (_, expr) => {
  const values = (await prometheus.query(expr)).map(({ value }) => Number(value[1]));
  expect(values.filter(Number.isFinite), expr).not.toEqual([]);
});

test('what questions pick out by name is there: a misspelt one would be 0 for ever', async () => {
  const picked = questions.flatMap(([, expr]) => [...expr.matchAll(/(\w+)=~?"([^"]*)"/g)]);
  const wanted = new Set(
    picked
      .filter(([, label]) => label !== 'status')
      .flatMap(([, label, values = '']) => values.split('|').map((value) => `${label}="${value}"`)),
  );
  expect(wanted.size).toBeGreaterThan(15);
  for (const matcher of wanted) expect(await prometheus.query(`count({${matcher}})`), matcher).not.toEqual([]);
});

test('what was done is in the numbers', async () => {
  const of = async (expr: string) => Number((await prometheus.query(expr))[0]?.value[1]);
  expect(await of('sum(rate(http_request_total{service="cats",status="500"}[5m]))')).toBeGreaterThan(0);
  expect(await of('pictures{state="done"}')).toBeGreaterThanOrEqual(2);
  expect(await of('sagas{state="succeeded"}')).toBeGreaterThanOrEqual(2);
});
