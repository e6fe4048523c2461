// The command line of `npm start`.
import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly port: number;
  readonly dataDir: string | undefined;
  readonly fresh: boolean;
  readonly kafka: boolean;
  readonly watch: boolean;
  readonly verbose: boolean;
  readonly eventsPerEnvironment: number;
}

/** Throws with a sentence for what cannot be understood. */
export function commandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      port: { type: 'string', default: '8000' },
      data: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      kafka: { type: 'boolean', default: true },
      watch: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      'events-per-environment': { type: 'string', default: '16' },
    },
  });
  return {
    port: whole('--port', values.port, 0, 65_535),
    dataDir: values.data,
    fresh: values.fresh,
    kafka: values.kafka,
    watch: values.watch,
    verbose: values.verbose,
    eventsPerEnvironment: whole('--events-per-environment', values['events-per-environment'], 1, 1_000),
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`${name} takes a whole number from ${least} to ${most}, not ${text}`);
  return value;
}
