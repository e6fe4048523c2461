// Executions that run while their host stops, or while a newer synthesis takes their machine's place.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Assembly } from '../../local/assembly/manifest.ts';
import { stateMachinesOf } from '../../local/services/state-machines.ts';
import { start } from '../../local/start.ts';
import { eventually } from '../support/eventually.ts';
import { expressMachine, plainTask, statesHost } from './states-fixture.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';

test('F2: an execution that runs when the host stops gets to its end', async () => {
  const host = await statesHost((obedient) => ({
    Obedient: obedient(),
    Slow: expressMachine(
      {
        StartAt: 'A',
        States: { A: plainTask('Obedient', { Next: 'B' }), B: plainTask('Obedient', { Parameters: { answer: 'end' }, End: true }) },
      },
      { StateMachineName: 'machine' },
    ),
  }));
  const machines = stateMachinesOf(host.host);
  const execution = machines.get(ARN)?.startSync('{"key":"running","sleep":500}');
  await eventually(() => host.calls('running') === 1);
  await host.stop();
  expect(await execution).toMatchObject({ status: 'SUCCEEDED', output: '"end"' });
  expect(machines.size).toBe(0);
});

test('F2: a newer definition takes over under the same ARN, and running executions finish on the old one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackyard-states-'));
  const assembly = (age: string): Assembly => ({
    directory: folder,
    assetPath: (key) => key,
    stacks: [{ name: 'Ages', template: { Resources: { Machine: waiting(age) } } }],
  });
  const running = await start({ assembly: assembly('old'), dataDir: join(folder, 'data'), toolsDir: folder });
  try {
    const execute = (seconds: number) => stateMachinesOf(running.host).get(ARN)?.startSync(String(seconds));
    const [old, update] = [execute(1), running.deployment.update(assembly('new'))];
    expect(await update).toEqual({ replaced: ['Ages/Machine'], needsRestart: [] });
    expect(await execute(0)).toMatchObject({ output: '"new"' });
    expect(await old).toMatchObject({ output: '"old"' });
    expect(await execute(0)).toMatchObject({ output: '"new"' });
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

const waiting = (age: string) =>
  expressMachine(
    { StartAt: 'Wait', States: { Wait: { Type: 'Wait', SecondsPath: '$', Next: 'Say' }, Say: { Type: 'Pass', Result: age, End: true } } },
    { StateMachineName: 'machine' },
  );
