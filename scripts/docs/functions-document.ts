// Every function of a stage with its limits, what calls it, where its failures go, and what rings.

import { readable, resourcesOf, type Templates, table, target } from './templates.ts';
import { triggersOf } from './triggers.ts';

export function functionsDocument(templates: Templates): string {
  const functions = resourcesOf(templates, 'AWS::Lambda::Function');
  const ours = functions.filter(({ properties }) => properties.FunctionName);
  const others = functions.filter(({ properties }) => !properties.FunctionName);
  const triggers = triggersOf(templates);
  const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm');
  return [
    '# Functions',
    '',
    'Written by `node scripts/docs/functions.ts` from the template of prod; a test keeps it true. Alarms by name are in [alarms.md](alarms.md).',
    '',
    'No function reserves concurrency: what one takes of the account the others have not; a number here is a limit of its event source, or what is kept ready.',
    'What fails is tried again by whatever called it: API Gateway not at all, a queue until it is a dead letter, a topic up to its `retryAttempts`, a schedule',
    'twice, and then the next tick does it. So no function has a dead letter queue of its own.',
    '',
    ...table(
      ['function', 'time-out', 'MB', 'concurrency', 'called by', 'what fails goes to', 'alarms'],
      ours
        .map(({ id, properties }) => {
          const called = triggers.get(id) ?? [];
          return [
            String(properties.FunctionName).replace(/^stackyard-[a-z]+-/, ''),
            `${properties.Timeout} s`,
            properties.MemorySize,
            properties.ReservedConcurrentExecutions ??
              ([...new Set(called.flatMap(({ concurrency }) => concurrency ?? []))].join(', ') || '–'),
            [...new Set(called.map(({ what }) => what))].sort().join(', ') || 'releases',
            [...new Set(called.flatMap(({ failures }) => failures ?? []))].map(readable).join(', ') || '–',
            alarms.filter(({ properties: { Dimensions } }) => aboutFunction(Dimensions, id, properties.FunctionName)).length ||
              'none: it fails its deployment',
          ];
        })
        .sort(([one], [other]) => String(one).localeCompare(String(other))),
    ),
    '',
    `Besides, CDK brings functions of its own: ${[...new Set(others.map(({ id }) => readable(id)))].sort().join(', ') || 'none'}.`,
    '',
  ].join('\n');
}

const aboutFunction = (dimensions: { Name: string; Value: unknown }[] | undefined, id: string, name: string): boolean =>
  (dimensions ?? []).some(({ Name, Value }) => Name === 'FunctionName' && (Value === name || target(Value) === id));
