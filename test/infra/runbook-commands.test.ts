// Commands of runbooks do what they are for: the shell takes them, and what they name is in the templates.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { services } from '../../lib/constructs/services.ts';
import { RUNBOOKS } from './alarms.ts';
import { stackOf } from './stage.ts';

const page = (name: string) => readFileSync(join(RUNBOOKS, name), 'utf8');
const commandsOf = (text: string): string[] => [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, commands = '']) => commands);

/** Words in angle brackets that the shell would take for files to read and to write. */
const redirections = (commands: string): string[] => commands.replaceAll(/'[^']*'|"[^"]*"|(?<=^|\s)#.*$/gm, '').match(/<[a-z_-]+>/g) ?? [];

test('the shell can read every command, and none has a place to fill in that it would take for a file', () => {
  for (const name of readdirSync(RUNBOOKS))
    for (const commands of commandsOf(page(name))) {
      expect(() => execFileSync('bash', ['-n'], { input: commands, stdio: 'pipe' }), name).not.toThrow();
      expect(redirections(commands), name).toEqual([]);
    }
});

test('a place to fill in that is a redirection would be found', () => {
  expect(redirections('echo the dashboard stackyard-$STAGE-<system> shows it')).toEqual(['<system>']);
  expect(redirections('api "$URL/orders/saga/<order_id>"   # of <one> order')).toEqual([]);
});

const [common = ''] = commandsOf(page('README.md'));

/** What `aws` is called with. */
const calledWith = (command: string, given = common): string[] =>
  execFileSync('bash', ['-c', `aws() { printf '%s\\n' "$@"; }\n${given}\n${command}`], { encoding: 'utf8' })
    .trim()
    .split('\n');

test('metric asks for percentiles as CloudWatch wants them asked', () => {
  const asked = (rest: string) => calledWith(`metric AWS/Lambda Duration ${rest}`).join(' ');
  expect(asked('p99 Name=FunctionName,Value=one')).toMatch(
    / --extended-statistics p99 .* --dimensions Name=FunctionName,Value=one --query /,
  );
  expect(asked('p99.9')).toContain(' --extended-statistics p99.9 ');
  expect(asked('Maximum Name=A,Value=1 Name=B,Value=2')).toMatch(
    / --statistics Maximum .* --dimensions Name=A,Value=1 Name=B,Value=2 --query /,
  );
  expect(asked('Maximum')).not.toContain('--dimensions');
  const before = 'metric() { aws get-metric-statistics --statistics "$3"; }';
  expect(calledWith('metric AWS/Lambda Duration p99', before)).not.toContain('--extended-statistics');
});

test.each(['database.md', 'database-connections.md', 'function-duration.md'])('%s, which wants SQL, says how to get there', (name) => {
  expect(page(name)).toContain('[SQL](README.md#sql)');
  expect(page('README.md')).toContain('\n## SQL\n');
});

test.each(['dev', 'prod', 'minimal'] as const)('the way to the database goes by names that the stage %s has', (stage) => {
  const text = page('README.md');
  const network = stackOf(stage, 'network');
  network.hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: /Name=description,Values=([^"]+)"/.exec(text)?.[1] });
  const [, key = '', value = ''] = /Name=tag:(aws-cdk:subnet-name),Values=(\w+)/.exec(text) ?? [];
  const tagged = Object.values(network.findResources('AWS::EC2::Subnet')).filter(({ Properties: { Tags } }) =>
    Tags.some(({ Key, Value }: { Key: string; Value: string }) => Key === key && Value === value),
  );
  expect(tagged.length).toBeGreaterThanOrEqual(2);
  const secrets = Object.keys(stackOf(stage, 'data').findResources('AWS::SecretsManager::Secret'));
  const part = /sql (Database\w+Secret) -e/.exec(text)?.[1] ?? '';
  for (const name of [part, ...services.map((service) => `Database${service}Secret`)])
    expect(
      secrets.filter((id) => id.includes(name)),
      name,
    ).toHaveLength(1);
});
