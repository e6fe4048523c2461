// A step of a deployment: a function that CloudFormation calls when what the step says of itself has changed, and whose answer it waits for.
import { CustomResource, Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface DeploymentStepProps {
  readonly resourceType: `Custom::${string}`;
  readonly by: IFunction;
  /** After which Lambda kills the function. */
  readonly timeout: Duration;
  /** Of the stage: what was done to a database or a cluster has to be done to the one in its place (ADR 16). */
  readonly generation: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export class DeploymentStep extends CustomResource {
  constructor(scope: Construct, id: string, { resourceType, by, timeout, generation, properties }: DeploymentStepProps) {
    super(scope, id, {
      serviceToken: by.functionArn,
      // Lambda calls a function that it had to kill twice more, one and two minutes later. CloudFormation's own limit is an hour.
      serviceTimeout: Duration.minutes(3 * timeout.toMinutes() + 3),
      resourceType,
      properties: { ...properties, Generation: String(generation) },
    });
  }
}
