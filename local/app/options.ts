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
  /** Address of an OTLP/HTTP collector. */
  readonly otlp: string | undefined;
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
      otlp: { type: 'string' },
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
    otlp: values.otlp === undefined ? undefined : httpUrl('--otlp', values.otlp),
  };
}

function httpUrl(name: string, text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new Error(`${name} takes an address like http://127.0.0.1:4318, not ${text}`);
  return text;
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new Error(`${name} takes a whole number from ${least} to ${most}, not ${text}`);
  return value;
}
