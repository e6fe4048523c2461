// Database, cache and Kafka that run beside an emulator: their addresses are known, so only secrets are made.
import { createHash } from 'node:crypto';
import { SecretValue, Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type DatabaseAccess, grantAdministration, grantSchema } from './database-access.ts';
import type { KafkaAccess } from './kafka-access.ts';
import { type Service, services } from './services.ts';

export class ExternalDatabase extends Construct implements DatabaseAccess {
  private readonly host: string;
  private readonly admin: ISecret;
  private readonly secrets: Record<Service, ISecret>;

  constructor(scope: Construct, id: string, url: string) {
    super(scope, id);
    const { hostname: host, port, username, password } = new URL(url);
    this.host = host;
    const secret = (name: string, content: object) => this.secret(name, { host, port: Number(port || 3306), password, ...content });
    this.admin = secret('AdminSecret', { username });
    this.secrets = Object.fromEntries(
      services.map((service) => [service, secret(`${service}Secret`, { username: `stackyard_${service}`, dbname: service })]),
    ) as Record<Service, ISecret>;
  }

  grantSchema(service: Service, fn: LambdaFunction): void {
    grantSchema(fn, { secret: this.secrets[service], host: this.host, tls: false });
  }

  grantAdministration(fn: LambdaFunction): void {
    grantAdministration(fn, { admin: this.admin, services: Object.values(this.secrets), tls: false });
  }

  /** The password of a server on this machine is no secret; it is kept where the real ones are, so that functions need not know. */
  private secret(id: string, content: object): ISecret {
    const text = JSON.stringify(content);
    // LocalStack takes the update of a secret for done and leaves it as it was: other content is another secret.
    const version = createHash('sha256').update(text).digest('hex').slice(0, 8);
    return new Secret(this, `${id}${version}`, { secretStringValue: SecretValue.unsafePlainText(text) });
  }
}

export class ExternalCache {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  grantUse(fn: LambdaFunction): void {
    fn.addEnvironment('REDIS_URL', this.url);
  }
}

/** A broker that asks nobody who they are; the gateway tells functions where it is, as MSK does. */
export class ExternalKafka implements KafkaAccess {
  readonly arn: string;
  readonly name: string;
  readonly replicas = 1;
  private readonly controlUrl: string;

  constructor(scope: Construct, stage: string, controlUrl: string) {
    const { partition, region, account } = Stack.of(scope);
    this.name = `stackyard-${stage}`;
    this.arn = `arn:${partition}:kafka:${region}:${account}:cluster/${this.name}/00000000-0000-0000-0000-000000000000-1`;
    this.controlUrl = controlUrl;
  }

  grantConnect(fn: LambdaFunction): void {
    fn.addEnvironment('KAFKA_CLUSTER_ARN', this.arn);
    fn.addEnvironment('AWS_ENDPOINT_URL_KAFKA', this.controlUrl);
  }

  grantProduce(fn: LambdaFunction): void {
    this.grantConnect(fn);
  }

  /** The gateway reads, by its own address. */
  grantConsume(): void {}

  grantRead(fn: LambdaFunction): void {
    this.grantConnect(fn);
  }

  grantAdminister(fn: LambdaFunction): void {
    this.grantConnect(fn);
  }
}
