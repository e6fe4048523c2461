import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { statusRoutes } from '../../functions/status/routes.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from '../stacks/data.ts';
import type { PictureTransport } from './picture-transport.ts';

export interface StatusProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  /** What messaging is in this stage. */
  readonly transport: PictureTransport;
}

export class Status extends Construct {
  constructor(scope: Construct, id: string, { platform, data, api, transport }: StatusProps) {
    super(scope, id);
    const fn = new ServiceFunction(this, 'Api', platform, {
      entry: 'status/api',
      timeout: Duration.seconds(5),
      memorySize: 512,
      monitoring: { impact: 'nobody can see whether the layers are up' },
    });
    data.database.grantSchema('status', fn);
    data.cache.grantUse(fn);
    transport.grantProbe(fn);
    addRoutes(api, statusRoutes, fn.live);
  }
}
