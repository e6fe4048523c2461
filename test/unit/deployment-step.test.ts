// Functions that only a deployment calls: they hold no environment while the host serves.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hostFixture, nodeFunction } from '../rules/fixture.ts';

const provider = nodeFunction(
  `export const handler = async ({ ResponseURL, ...request }) => {
    if (ResponseURL === undefined) return 'called again';
    await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ ...request, Status: 'SUCCESS', PhysicalResourceId: 'done' }) });
  };`,
  { FunctionName: 'step' },
);
const serving = nodeFunction('export const handler = async () => null;', { FunctionName: 'serving' });

test('a custom resource leaves no environment behind, and its function can be called again', async () => {
  const fixture = await hostFixture({
    Step: provider,
    Serving: serving,
    Work: { Type: 'Custom::Work', Properties: { ServiceToken: { 'Fn::GetAtt': ['Step', 'Arn'] } } },
  });
  try {
    await Promise.all(fixture.host.functions.all().map((fn) => fn.warm()));
    const environments = (name: string) => {
      const folder = join(fixture.host.options.dataDir, 'lambda', 'tmp', String(process.pid), name);
      return existsSync(folder) ? readdirSync(folder) : [];
    };
    expect(fixture.ref('Work')).toBe('done');
    expect(environments('step')).toEqual([]);
    expect(environments('serving')).toHaveLength(1);
    expect((await fixture.invoke('Step', {})).payload).toBe('"called again"');
  } finally {
    await fixture.stop();
  }
});
