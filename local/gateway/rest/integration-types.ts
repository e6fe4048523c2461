// The integration types that this gateway executes; any other is refused at load.

import type { IntegrationType } from './integration.ts';
import { awsService } from './integrations/aws-service.ts';
import { lambdaProxy } from './integrations/lambda-proxy.ts';
import { mock } from './integrations/mock.ts';

export const integrationTypes: Readonly<Record<string, IntegrationType>> = {
  AWS: awsService,
  AWS_PROXY: lambdaProxy,
  MOCK: mock,
};
