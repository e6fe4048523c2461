// Brings the schemas to the state of the migrations' folder, when that has changed.
import { join } from 'node:path';
import { CustomResource, FileSystem } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export const migrationsFolder = join(import.meta.dirname, '../../migrations');

export class Migrations extends CustomResource {
  constructor(scope: Construct, id: string, by: IFunction) {
    super(scope, id, {
      serviceToken: by.functionArn,
      resourceType: 'Custom::Migrations',
      // A changed hash is what makes CloudFormation run the migrations again.
      properties: { Version: FileSystem.fingerprint(migrationsFolder) },
    });
  }
}
