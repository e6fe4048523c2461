// The integration types that this gateway executes; any other is refused at load.

import type { IntegrationType } from './integration.ts';
import { lambdaProxy } from './integrations/lambda-proxy.ts';
import { mock } from './integrations/mock.ts';

export const integrationTypes: Readonly<Record<string, IntegrationType>> = {
  AWS_PROXY: lambdaProxy,
  MOCK: mock,
};
