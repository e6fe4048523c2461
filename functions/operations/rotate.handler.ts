// Secrets Manager calls it once for each step of a rotation, and again for a step that failed.
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { log } from '../shared/logging.ts';
import { server } from './rotation/server.ts';
import { rotate } from './rotation/steps.ts';
import { versionsOf } from './rotation/versions.ts';

const Event = z.object({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string(),
  ClientRequestToken: z.string(),
});

/** 32 characters of base64url: 192 bits, and nothing that a connection string or a shell would take for its own. */
const PASSWORD_BYTES = 24;

export const handler = async (event: unknown): Promise<void> => {
  const { Step, SecretId, ClientRequestToken } = Event.parse(event);
  await rotate(Step, ClientRequestToken, {
    versions: versionsOf(SecretId),
    server,
    generate: () => randomBytes(PASSWORD_BYTES).toString('base64url'),
  });
  log.info(`rotation: ${Step}`, { secret: SecretId });
};
