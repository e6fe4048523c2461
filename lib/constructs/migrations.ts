// Brings the schemas to the state of the migrations' folder, when that has changed.
import { join } from 'node:path';
import { Duration, FileSystem } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { DeploymentStep } from './deployment-step.ts';

export const migrationsFolder = join(import.meta.dirname, '../../migrations');

/** As long as Lambda lets a function run: the server does not stop where the function does. */
export const MIGRATE_TIMEOUT = Duration.minutes(15);

export interface MigrationsProps {
  readonly by: IFunction;
  readonly generation: number;
}

export class Migrations extends DeploymentStep {
  constructor(scope: Construct, id: string, props: MigrationsProps) {
    super(scope, id, {
      ...props,
      resourceType: 'Custom::Migrations',
      timeout: MIGRATE_TIMEOUT,
      // A changed hash is what makes CloudFormation run the migrations again.
      properties: { Version: FileSystem.fingerprint(migrationsFolder) },
    });
  }
}
