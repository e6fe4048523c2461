// What later suites stand on: the console built, and the local stage synthesized for both transports.
import { localStage, synthesize } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import type { Outcome } from './run.ts';

export async function synthesizeAll(): Promise<Outcome> {
  const log = createLog('info');
  for (const transport of ['kafka', 'sqs'] as const) await synthesize({ ...localStage(transport), log });
  return { passed: 2, failed: 0 };
}
