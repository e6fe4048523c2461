// The command line of the gateway beside an emulator.
import { parseArgs } from 'node:util';
import type { Addresses } from '../host.ts';

export interface SidecarCommandLine {
  readonly port: number;
  /** Folder of the assembly that was deployed to the emulator; what is hosted here is nested in it. */
  readonly assembly: string;
  /** Endpoint of the emulator. */
  readonly emulator: string;
  readonly dataDir: string;
  readonly addresses: Addresses;
  readonly verbose: boolean;
}

/** Throws with a sentence for what cannot be understood. */
export function sidecarCommandLine(args: readonly string[]): SidecarCommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8000' },
      listen: { type: 'string', default: '127.0.0.1' },
      assembly: { type: 'string' },
      emulator: { type: 'string', default: 'http://localhost:4566' },
      data: { type: 'string', default: '.stackyard/sidecar' },
      control: { type: 'string', default: 'http://127.0.0.1:8001' },
      connections: { type: 'string', default: 'http://127.0.0.1:8002' },
      verbose: { type: 'boolean', default: false },
    },
  });
  if (values.assembly === undefined)
    throw new Error('--assembly takes the folder of the assembly that was deployed to the emulator; it was not given');
  return {
    port: portOf('--port', values.port),
    assembly: values.assembly,
    emulator: values.emulator,
    dataDir: values.data,
    addresses: {
      listen: values.listen,
      controlPort: portOf('--control', new URL(values.control).port),
      controlUrl: values.control,
      connectionsPort: portOf('--connections', new URL(values.connections).port),
    },
    verbose: values.verbose,
  };
}

function portOf(name: string, text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error(`${name} takes a port, or an address with one, not ${text || 'nothing'}`);
  return Number(text);
}
