// What a function needs to reach the database, wherever it runs: permission and variables together.
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Service } from './services.ts';

export interface DatabaseAccess {
  /** Lets a function work in one service's schema, and tells it where that is. */
  grantSchema(service: Service, fn: LambdaFunction): void;
  /** Lets a function create schemas and users: the migrations. */
  grantAdministration(fn: LambdaFunction): void;
}

/** What changing a secret's password takes, step by step. */
const ROTATE = [
  'secretsmanager:DescribeSecret',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecretVersionStage',
];

export function grantSchema(fn: LambdaFunction, { secret, host, tls }: { secret: ISecret; host: string; tls: boolean }): void {
  secret.grantRead(fn);
  fn.addEnvironment('DATABASE_SECRET', secret.secretArn);
  fn.addEnvironment('DATABASE_HOST', host);
  fn.addEnvironment('DATABASE_TLS', tls ? 'on' : 'off');
}

export function grantAdministration(
  fn: LambdaFunction,
  { admin, services, tls }: { admin: ISecret; services: readonly ISecret[]; tls: boolean },
): void {
  for (const secret of [admin, ...services]) secret.grantRead(fn);
  fn.addEnvironment('ADMIN_SECRET', admin.secretArn);
  fn.addEnvironment('SERVICE_SECRETS', JSON.stringify(services.map(({ secretArn }) => secretArn)));
  fn.addEnvironment('DATABASE_TLS', tls ? 'on' : 'off');
}

export function grantRotation(
  fn: LambdaFunction,
  { admin, services, tls }: { admin: ISecret; services: readonly ISecret[]; tls: boolean },
): void {
  const resources = [admin, ...services].map(({ secretArn }) => secretArn);
  fn.addToRolePolicy(new PolicyStatement({ actions: ROTATE, resources }));
  fn.addEnvironment('ADMIN_SECRET', admin.secretArn);
  fn.addEnvironment('DATABASE_TLS', tls ? 'on' : 'off');
}
