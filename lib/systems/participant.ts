// A service that takes part in sagas: its own routes, and the steps that the state machine asks of it.
import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RouteTable } from '../../functions/shared/http/route.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { Service } from '../constructs/services.ts';
import type { DataStack } from '../stacks/data.ts';
import type { Operations } from './operations.ts';

export interface ParticipantProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  readonly operations: Operations;
  readonly service: Service;
  readonly routes: RouteTable;
}

/** A `batch_init` of a million rows, within API Gateway's 29 s. */
const API_TIMEOUT = Duration.seconds(28);
/** Of one step in a saga; an audit reads whole ledgers, and nobody waits for it but an operator. */
const STEPS_TIMEOUT = Duration.seconds(20);

export class Participant extends Construct {
  readonly apiFunction: ServiceFunction;
  readonly steps: ServiceFunction;

  constructor(scope: Construct, id: string, { platform, data, api, operations, service, routes }: ParticipantProps) {
    super(scope, id);
    this.apiFunction = new ServiceFunction(this, 'Api', platform, {
      entry: `${service}/api`,
      timeout: API_TIMEOUT,
      memorySize: 512,
      monitoring: { impact: `${service} cannot be read or changed` },
    });
    this.steps = new ServiceFunction(this, 'Steps', platform, {
      entry: `${service}/steps`,
      timeout: STEPS_TIMEOUT,
      memorySize: 512,
      monitoring: { impact: 'checkouts fail' },
    });
    for (const fn of [this.apiFunction, this.steps]) {
      data.database.grantSchema(service, fn);
      fn.node.addDependency(operations.migrations);
    }
    addRoutes(api, routes, this.apiFunction);
  }
}
