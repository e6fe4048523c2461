// Brings the schemas to the state of the migrations' folder, when that has changed.
import { join } from 'node:path';
import { CustomResource, Duration, FileSystem } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export const migrationsFolder = join(import.meta.dirname, '../../migrations');

/** Lambda calls a function that it had to kill twice more, minutes later: the longest of them takes five minutes. CloudFormation's own limit is an hour. */
export const STEP_TIMEOUT = Duration.minutes(20);

export class Migrations extends CustomResource {
  constructor(scope: Construct, id: string, by: IFunction) {
    super(scope, id, {
      serviceToken: by.functionArn,
      serviceTimeout: STEP_TIMEOUT,
      resourceType: 'Custom::Migrations',
      // A changed hash is what makes CloudFormation run the migrations again.
      properties: { Version: FileSystem.fingerprint(migrationsFolder) },
    });
  }
}
