// What a person sees when everything is up.
import { apiKeysOf } from '../gateway/api-keys.ts';
import type { RunningHost } from '../start.ts';

export interface GreetingFacts {
  readonly seconds: number;
  readonly transport: 'kafka' | 'sqs';
  readonly dataDir: string;
}

export function greeting(running: RunningHost, { seconds, transport, dataDir }: GreetingFacts): string {
  const url = running.url.replace('127.0.0.1', 'localhost');
  const lines = [
    ['pages', `${url}/  ${url}/lazaros`],
    ['API', `${url}/api/swagger`],
    [
      'key',
      `x-api-key: ${apiKeysOf(running.host)
        .all()
        .map(({ value }) => value)
        .join(', ')}`,
    ],
    ['jobs over', transport === 'kafka' ? 'Kafka' : 'SQS, because Kafka was left out'],
    ['data', dataDir],
  ];
  return `\nready in ${seconds.toFixed(1)} s\n\n${lines.map(([name = '', value]) => `  ${name.padEnd(10)} ${value}`).join('\n')}\n\n  Ctrl-C stops everything; nothing that was acknowledged is lost, however it ends.\n\n`;
}
