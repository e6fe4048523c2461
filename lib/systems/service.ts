// A service of the order system: one function for its routes and for what sagas ask of it. Two would be two environments to start, and two
// pools of connections, for the same code; steps find warm what requests have warmed.
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RouteTable } from '../../functions/shared/http/route.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { Service as ServiceName } from '../constructs/services.ts';
import type { DataStack } from '../stacks/data.ts';
import type { Operations } from './operations.ts';

export interface ServiceProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  readonly operations: Operations;
  readonly name: ServiceName;
  readonly routes: RouteTable;
}

/** A `batch_init` of a million rows, within API Gateway's 29 s. */
const TIMEOUT = Duration.seconds(28);

export class Service extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { platform, data, api, operations, name, routes }: ServiceProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Api', platform, {
      entry: `${name}/api`,
      timeout: TIMEOUT,
      memorySize: 512,
      monitoring: { impact: `${name} cannot be read or changed, and checkouts fail` },
    });
    data.database.grantSchema(name, this.function);
    data.cache.grantUse(this.function);
    operations.migrateBefore(this.function);
    addRoutes(api, routes, this.function.live);
  }

  /** Lets it ask another service: name and permission together. */
  grantAsk(variable: string, other: Service): void {
    this.function.grantCall(other.function);
    this.function.addEnvironment(variable, other.function.liveName);
  }
}
