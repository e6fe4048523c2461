// What a deployment does to data before the new code serves: schemas and topics.
import { join } from 'node:path';
import { CustomResource, Duration, FileSystem } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from '../stacks/data.ts';

export interface OperationsProps {
  readonly platform: Platform;
  readonly data: DataStack;
}

const migrations = join(import.meta.dirname, '../../migrations');
const optOut = 'runs in a deployment, which fails with it';

export class Operations extends Construct {
  /** Functions that use a schema depend on it. */
  readonly migrations: CustomResource;
  /** Creates topics; absent where the stage has no Kafka. */
  readonly topicCreator: ServiceFunction | undefined;

  constructor(scope: Construct, id: string, { platform, data }: OperationsProps) {
    super(scope, id);
    const migrate = new ServiceFunction(this, 'Migrate', platform, {
      entry: 'operations/migrate',
      timeout: Duration.minutes(5),
      memorySize: 512,
      monitoring: { optOut },
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (_, output) => [`cp -r "${migrations}" "${output}/migrations"`],
      },
    });
    data.database.grantAdministration(migrate);
    this.migrations = new CustomResource(this, 'Migrations', {
      serviceToken: migrate.functionArn,
      resourceType: 'Custom::Migrations',
      // A changed hash is what makes CloudFormation run the migrations again.
      properties: { Version: FileSystem.fingerprint(migrations) },
    });
    if (data.kafka) {
      this.topicCreator = new ServiceFunction(this, 'Topics', platform, {
        entry: 'operations/topics',
        timeout: Duration.minutes(1),
        memorySize: 512,
        monitoring: { optOut },
      });
      data.kafka.grantAdministerTopics(this.topicCreator);
    }
  }
}
