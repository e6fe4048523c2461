// How new versions of functions come to their callers: a tenth of the traffic first, and back again when they fail.
//
// Functions call each other through their aliases, and each alias waits for the hook that tries its new versions. So the hook must wait for no
// function: it, and what it may do, know all of them by their names.
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { type IRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { probes } from '../../functions/operations/release/probes.ts';
import type { Stage } from '../config.ts';
import { accept } from './accepted.ts';
import { alarm } from './alarm.ts';
import { failuresOf } from './business-alarm.ts';
import { functionName, LIVE, type Platform, type Releases, ServiceFunction } from './service-function.ts';

const HOOK = 'operations/smoke';

export class GradualReleases extends Construct implements Releases {
  private readonly application: LambdaApplication;
  private readonly role: IRole;
  private readonly hook: ServiceFunction;
  private readonly hookByName: IFunction;
  private readonly stage: Stage;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const { stage } = platform.config;
    this.stage = stage;
    const applicationName = `stackyard-${stage}`;
    this.application = new LambdaApplication(this, 'Application', { applicationName });
    this.hook = new ServiceFunction(this, 'Smoke', platform, {
      entry: HOOK,
      // A probe of the synchroniser is a whole run, a minute at most.
      timeout: Duration.seconds(90),
      memorySize: 512,
      monitoring: { optOut: 'CodeDeploy tells what became of a release' },
    });
    this.hookByName = LambdaFunction.fromFunctionName(this, 'SmokeByName', functionName(stage, HOOK));
    this.role = this.deployRole();
    const names = Object.keys(probes).map((entry) => functionName(stage, entry));
    this.mayCall(
      ['lambda:InvokeFunction'],
      names.map((name) => this.arn('lambda', 'function', `${name}:*`)),
    );
    this.mayCall(
      ['codedeploy:GetDeployment', 'codedeploy:PutLifecycleEventHookExecutionStatus'],
      names.map((name) => this.arn('codedeploy', 'deploymentgroup', `${applicationName}/${name}`)),
    );
    this.mayCall(['codedeploy:GetApplicationRevision'], [this.application.applicationArn]);
    accept(this.hook.role as IRole, {
      id: 'AwsSolutions-IAM5',
      reason: 'the version that is to be released has no number before it is published; every function is named',
    });
  }

  release(fn: LambdaFunction, entry: string, provisionedConcurrency?: number): Alias {
    const version = fn.currentVersion;
    const alias = new Alias(fn, 'Live', {
      aliasName: LIVE,
      version,
      ...(provisionedConcurrency ? { provisionedConcurrentExecutions: provisionedConcurrency } : {}),
    });
    new LambdaDeploymentGroup(fn, 'Release', {
      alias,
      application: this.application,
      deploymentGroupName: functionName(this.stage, entry),
      // As long as two periods of the alarms that look at five minutes.
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
      role: this.role,
      preHook: this.hookByName,
      alarms: newVersionFails(fn, { stage: this.stage, entry, version: version.version }),
    });
    alias.node.addDependency(this.hook, this.role);
    return alias;
  }

  /** What CodeDeploy does in our name. Complete here: what deployment groups would add each for itself is in it. */
  private deployRole(): IRole {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited')],
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.hook.functionArn] }));
    accept(role, {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      reason: 'AWS keeps this policy in step with what CodeDeploy calls to move an alias and to read alarms',
    });
    return role.withoutPolicyUpdates();
  }

  private mayCall(actions: string[], resources: string[]): void {
    this.hook.addToRolePolicy(new PolicyStatement({ actions, resources }));
  }

  private arn(service: string, resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}

/**
 * Of what the new version answers under the alias: errors of the old one are no reason to keep it. What a function answered itself, and records that it
 * hands back, are no errors to Lambda. Two alarms, as their sum would have to fill in the minutes in which nothing failed, and the last minute never
 * has its numbers yet: it would be filled in, too. CodeDeploy listens, and tells.
 */
function newVersionFails(fn: LambdaFunction, { stage, entry, version }: { stage: Stage; entry: string; version: string }): Alarm[] {
  const name = functionName(stage, entry);
  const errors = new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensionsMap: { FunctionName: name, Resource: `${name}:${LIVE}`, ExecutedVersion: version },
    statistic: 'Sum',
  });
  const watch = (id: string, kind: string, what: string, metric: Metric) =>
    alarm(fn, id, {
      name: `${entry.replaceAll('/', '-')}-release-${kind}`,
      what,
      impact: 'a tenth of the calls failed until CodeDeploy took it back',
      runbook: 'release',
      metric: metric.with({ period: Duration.minutes(1) }),
    });
  return [
    watch('ReleaseErrors', 'errors', 'The version that is being released throws or runs out of time', errors),
    watch(
      'ReleaseFailures',
      'failures',
      'The version that is being released answers errors of its own, or hands records back',
      failuresOf(stage, entry, version),
    ),
  ];
}
