// What a deployment does to data before the new code serves, schemas and topics, and what is done to it later: new passwords.
import { type CustomResource, Duration } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import { Database } from '../constructs/database.ts';
import type { KafkaAccess } from '../constructs/kafka-access.ts';
import { TOPICS_TIMEOUT } from '../constructs/kafka-topic.ts';
import { MIGRATE_TIMEOUT, Migrations, migrationsFolder } from '../constructs/migrations.ts';
import { Rotation } from '../constructs/rotation.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { DataStack } from '../stacks/data.ts';
import { pictureJobsTopic } from './picture-jobs.ts';

export interface OperationsProps {
  readonly platform: Platform;
  readonly data: DataStack;
}

const optOut = 'runs in a deployment, which fails with it';

export class Operations extends Construct {
  /** Creates topics; absent where the stage has no Kafka, or its gateway has them created. */
  readonly topicCreator: ServiceFunction | undefined;
  /** What functions of services wait for. */
  private readonly ready: readonly IDependable[];

  constructor(scope: Construct, id: string, { platform, data }: OperationsProps) {
    super(scope, id);
    const migrate = new ServiceFunction(this, 'Migrate', platform, {
      entry: 'operations/migrate',
      timeout: MIGRATE_TIMEOUT,
      memorySize: 512,
      monitoring: { optOut },
      folders: { migrations: migrationsFolder },
    });
    data.database.grantAdministration(migrate);
    const topics = data.kafka && this.topicsFunction(platform, data.kafka);
    // Emulators do not run custom resources: the gateway asks these functions.
    const here = platform.config.data.kind === 'managed';
    this.topicCreator = here ? topics : undefined;
    const migrations = here ? new Migrations(this, 'Migrations', { by: migrate, generation: platform.config.generation }) : undefined;
    const database = migrations && data.database instanceof Database ? data.database : undefined;
    this.ready = migrations && database ? database.readyAfter(migrations) : [];
    if (migrations && database) this.rotatePasswords(platform, database, migrations);
  }

  /** Makes it wait for the schemas that it uses, and for the way to them. */
  migrateBefore(fn: ServiceFunction): void {
    fn.node.addDependency(...this.ready);
  }

  private rotatePasswords(platform: Platform, database: Database, after: CustomResource): void {
    const rotate = new ServiceFunction(this, 'Rotate', platform, {
      entry: 'operations/rotate',
      timeout: Duration.minutes(1),
      memorySize: 256,
      monitoring: { impact: 'passwords of the database get older than 30 days; nobody is refused' },
    });
    new Rotation(this, 'Rotation', { secrets: database.grantRotation(rotate), by: rotate, after });
  }

  private topicsFunction(platform: Platform, kafka: KafkaAccess): ServiceFunction {
    const topics = new ServiceFunction(this, 'Topics', platform, {
      entry: 'operations/topics',
      timeout: TOPICS_TIMEOUT,
      memorySize: 512,
      monitoring: { optOut },
    });
    kafka.grantAdminister(topics, pictureJobsTopic.name);
    return topics;
  }
}
