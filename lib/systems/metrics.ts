// Tells Prometheus what all functions have counted, and asks the systems for their state.
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { metricsRoutes } from '../../functions/metrics/routes.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from '../stacks/data.ts';

export interface MetricsProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  /** By the name that metrics give them: functions that answer `{action: 'gauges'}`. */
  readonly collectors: Readonly<Record<string, ServiceFunction>>;
}

export class Metrics extends Construct {
  constructor(scope: Construct, id: string, { platform, data, api, collectors }: MetricsProps) {
    super(scope, id);
    const fn = new ServiceFunction(this, 'Api', platform, {
      entry: 'metrics/api',
      // What does not answer within 2 s is left out.
      timeout: Duration.seconds(5),
      memorySize: 512,
      monitoring: { impact: 'dashboards and alerts of Prometheus see nothing' },
    });
    data.cache.grantUse(fn);
    for (const collector of Object.values(collectors)) fn.grantCall(collector);
    fn.addEnvironment(
      'COLLECTORS',
      JSON.stringify(Object.fromEntries(Object.entries(collectors).map(([name, { liveName }]) => [name, liveName]))),
    );
    addRoutes(api, metricsRoutes, fn.live);
  }
}
