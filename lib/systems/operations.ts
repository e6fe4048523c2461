// What a deployment does to data before the new code serves: schemas and topics.
import { type CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { KafkaAccess } from '../constructs/kafka-access.ts';
import { Migrations, migrationsFolder } from '../constructs/migrations.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from '../stacks/data.ts';

export interface OperationsProps {
  readonly platform: Platform;
  readonly data: DataStack;
}

const optOut = 'runs in a deployment, which fails with it';

export class Operations extends Construct {
  /** Creates topics; absent where the stage has no Kafka, or its gateway has them created. */
  readonly topicCreator: ServiceFunction | undefined;
  private readonly migrations: CustomResource | undefined;

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
        afterBundling: (_, output) => [`cp -r "${migrationsFolder}" "${output}/migrations"`],
      },
    });
    data.database.grantAdministration(migrate);
    const topics = data.kafka && this.topicsFunction(platform, data.kafka);
    // Emulators do not run custom resources: the gateway asks these functions.
    const here = platform.config.data.kind === 'managed';
    this.migrations = here ? new Migrations(this, 'Migrations', migrate) : undefined;
    this.topicCreator = here ? topics : undefined;
  }

  /** Makes it wait for the schemas that it uses. */
  migrateBefore(fn: ServiceFunction): void {
    if (this.migrations) fn.node.addDependency(this.migrations);
  }

  private topicsFunction(platform: Platform, kafka: KafkaAccess): ServiceFunction {
    const topics = new ServiceFunction(this, 'Topics', platform, {
      entry: 'operations/topics',
      timeout: Duration.minutes(1),
      memorySize: 512,
      monitoring: { optOut },
    });
    kafka.grantAdministerTopics(topics);
    return topics;
  }
}
