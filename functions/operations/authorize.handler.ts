// Lambda authorizer of the REST API and of the WebSocket API, where the stage asks for tokens.
import { env } from '../shared/env.ts';
import { log } from '../shared/logging.ts';
import { authorize } from './authorize/authorize.ts';
import { keysOf } from './authorize/issuer.ts';
import { subjectOf } from './authorize/token.ts';

const expected = { issuer: env('TOKEN_ISSUER'), audience: env('TOKEN_AUDIENCE') };
const keys = keysOf(expected.issuer);

export const handler = authorize({
  subjectOf: (token) => subjectOf(token, keys, expected, new Date()),
  refused: (why) => log.info('token refused', { why }),
});
