// Passwords that change by themselves: a schedule for each secret, and one function that does it.
import { Aws } from 'aws-cdk-lib';
import { CfnPermission, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, type IDependable } from 'constructs';

export interface RotationProps {
  /** By the name that the schedule gets. */
  readonly secrets: Readonly<Record<string, ISecret>>;
  readonly by: LambdaFunction;
  /** Creates the users whose passwords change. */
  readonly after: IDependable;
}

/** A password that got out is good for twice as long at most: the one before stays valid until the next rotation. */
const DAYS = 30;

export class Rotation extends Construct {
  constructor(scope: Construct, id: string, { secrets, by, after }: RotationProps) {
    super(scope, id);
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: by.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: Aws.ACCOUNT_ID,
    });
    for (const [name, secret] of Object.entries(secrets)) {
      const schedule = new CfnRotationSchedule(this, name, {
        secretId: secret.secretArn,
        rotationLambdaArn: by.functionArn,
        rotationRules: { automaticallyAfterDays: DAYS },
        // A deployment changes no password; Secrets Manager only tries the step `testSecret` then, for which the user must exist.
        rotateImmediatelyOnUpdate: false,
      });
      schedule.node.addDependency(permission, by, after);
    }
  }
}
