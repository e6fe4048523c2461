// Brings the checkout that this file is in up on an emulator, as `npm run localstack -- --native` does, and prints the times of the steps as JSON.
// Arguments: kind, data folder, port; or `down` and the data folder.

import type { EmulatorKind } from '../../emulators/native/surroundings.ts';
import { down, up } from '../../emulators/native/up.ts';
import { phases } from '../../emulators/phases.ts';

const [kind = '', dataDir = '', port = ''] = process.argv.slice(2);
const log = () => undefined;

if (kind === 'down') await down({ dataDir, log });
else {
  const steps = phases(log);
  await up({ kind: kind as EmulatorKind, dataDir, port: Number(port), log, phases: steps });
  process.stdout.write(JSON.stringify(steps.done));
}
