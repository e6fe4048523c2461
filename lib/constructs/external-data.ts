// Database and cache that run beside an emulator: their addresses are known, so only secrets are made.
import { SecretValue } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ExternalData } from '../config.ts';
import { type Service, services } from './services.ts';

export class ExternalDatabase extends Construct {
  private readonly host: string;
  private readonly admin: ISecret;
  private readonly secrets: Record<Service, ISecret>;

  constructor(scope: Construct, id: string, { host, port, adminPassword }: ExternalData['mysql']) {
    super(scope, id);
    this.host = host;
    this.admin = this.secret('AdminSecret', { host, port, username: 'root', password: adminPassword });
    this.secrets = Object.fromEntries(
      services.map((service) => [
        service,
        this.secret(`${service}Secret`, { host, port, username: `stackyard_${service}`, password: adminPassword, dbname: service }),
      ]),
    ) as Record<Service, ISecret>;
  }

  grantSchema(service: Service, fn: LambdaFunction): void {
    const secret = this.secrets[service];
    secret.grantRead(fn);
    fn.addEnvironment('DATABASE_SECRET', secret.secretArn);
    fn.addEnvironment('DATABASE_HOST', this.host);
  }

  grantAdministration(fn: LambdaFunction): void {
    for (const secret of [this.admin, ...Object.values(this.secrets)]) secret.grantRead(fn);
    fn.addEnvironment('ADMIN_SECRET', this.admin.secretArn);
    fn.addEnvironment('SERVICE_SECRETS', JSON.stringify(Object.values(this.secrets).map(({ secretArn }) => secretArn)));
  }

  /** The password of a container on this machine is no secret; it is kept where the real ones are, so that functions need not know. */
  private secret(id: string, content: Record<string, string | number>): ISecret {
    return new Secret(this, id, { secretStringValue: SecretValue.unsafePlainText(JSON.stringify(content)) });
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
