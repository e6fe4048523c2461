// What a span costs a request where nothing is traced: the work alone, and the same work as a handler wraps it. Prints, and keeps nothing.
import { serving } from '../functions/shared/tracing/kinds.ts';
import { inSpan } from '../functions/shared/tracing/span.ts';
import { telling } from '../functions/shared/tracing/start.ts';
import { median } from './statistics.ts';

const CALLS = 500_000;
const ROUNDS = 7;

const work = async () => 1;
const ways = {
  'the work alone': work,
  'in a span': () =>
    telling(() =>
      inSpan(
        'GET /stock/find/{item_id}',
        serving('http', {}, { 'http.request.method': 'GET', 'http.route': '/stock/find/{item_id}' }),
        work,
      ),
    ),
};

const spent = new Map<string, number[]>();
// They take turns, so that a slow moment of the machine meets both; the first round compiles.
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(ways)) {
    const began = performance.now();
    for (let call = 0; call < CALLS; call++) await run();
    const nanoseconds = ((performance.now() - began) * 1e6) / CALLS;
    if (round >= 0) spent.set(name, [...(spent.get(name) ?? []), nanoseconds]);
  }
}
for (const [name, all] of spent) process.stdout.write(`${name}: ${Math.round(median(all))} ns\n`);
