// Cats: a copy of an upstream's breeds that a schedule keeps in step, and its query and control APIs.
import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { catsRoutes } from '../../functions/cats/routes.ts';
import type { Stage } from '../config.ts';
import { accept } from '../constructs/accepted.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { businessAlarm, silenceAlarm } from '../constructs/business-alarm.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import { watchSchedule } from '../constructs/source-alarms.ts';
import type { DataStack } from '../stacks/data.ts';
import type { Operations } from './operations.ts';

export interface CatsProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  readonly operations: Operations;
}

/** A run ends itself, with a reason, after 50 s. */
const SYNC_TIMEOUT = Duration.seconds(60);

export class Cats extends Construct {
  /** Tells `/metrics` its gauges. */
  readonly collector: ServiceFunction;

  constructor(scope: Construct, id: string, { platform, data, api, operations }: CatsProps) {
    super(scope, id);
    const { config, alarms } = platform;
    const every = Duration.minutes(config.cats.syncEveryMinutes);
    const ruleName = `stackyard-${config.stage}-cats-sync`;

    const upstream = new Secret(this, 'Upstream', {
      secretName: `stackyard-${config.stage}/cats/upstream`,
      description: 'JSON: url of the upstream, empty for thecatapi.com, and the key that it wants',
      secretObjectValue: { url: SecretValue.unsafePlainText(''), key: SecretValue.unsafePlainText('') },
    });
    accept(upstream, { id: 'AwsSolutions-SMG4', reason: 'the key is issued by thecatapi.com, which has no API to change it' });
    const sync = new ServiceFunction(this, 'Sync', platform, {
      entry: 'cats/sync',
      timeout: SYNC_TIMEOUT,
      memorySize: 512,
      monitoring: { impact: 'breeds are not kept in step with the upstream' },
    });
    const apiFunction = new ServiceFunction(this, 'Api', platform, {
      entry: 'cats/api',
      timeout: Duration.seconds(10),
      memorySize: 512,
      monitoring: { impact: 'breeds cannot be read, and the synchroniser cannot be controlled' },
    });
    for (const fn of [sync, apiFunction]) {
      data.database.grantSchema('cats', fn);
      data.cache.grantUse(fn);
      operations.migrateBefore(fn);
      // By its name: the rule names the function already.
      fn.addEnvironment('SYNC_RULE', ruleName);
    }
    const ruleArn = Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: ruleName });
    sync.addToRolePolicy(new PolicyStatement({ actions: ['events:DescribeRule'], resources: [ruleArn] }));
    apiFunction.addToRolePolicy(
      new PolicyStatement({ actions: ['events:DescribeRule', 'events:EnableRule', 'events:DisableRule'], resources: [ruleArn] }),
    );
    upstream.grantRead(sync);
    sync.addEnvironment('UPSTREAM_SECRET', upstream.secretArn);
    apiFunction.grantCall(sync);
    apiFunction.addEnvironment('SYNC_FUNCTION', sync.liveName);
    apiFunction.addEnvironment('SYNC_EVERY_SECONDS', String(every.toSeconds()));
    if (config.cats.stub) this.addStub(platform, sync);

    const schedule = new Rule(this, 'Schedule', {
      ruleName,
      description: 'Keeps breeds in step with the upstream; POST /api/v1/sync/stop turns it off',
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(sync.live, { event: RuleTargetInput.fromObject({ action: 'tick' }) })],
    });
    watchSchedule(schedule, { name: 'cats-sync', impact: 'breeds are not kept in step with the upstream', alarms });
    this.watchRuns({ stage: config.stage, every, alarms });
    addRoutes(api, catsRoutes, apiFunction.live);
    this.collector = apiFunction;
  }

  /** That runs fail, and that none succeeds: the second also rings where nothing runs at all, or the operator has stopped it. */
  private watchRuns({ every, ...common }: { readonly stage: Stage; readonly every: Duration; readonly alarms: ITopic }): void {
    businessAlarm(this, {
      ...common,
      metricName: 'SyncFailed',
      what: 'Five runs in a row have failed: the upstream fails, or a run would have removed more than 20 %',
      impact: 'breeds are served as they were',
      runbook: 'sync-failed',
      period: every,
      periods: 5,
    });
    silenceAlarm(this, {
      ...common,
      metricName: 'SyncSucceeded',
      counts: 'ones',
      what: 'No run has succeeded for three periods',
      impact: 'breeds are as old as the last good run',
      runbook: 'sync-missing',
      // A run may take a minute: what is asked of five of them is that one succeeds.
      period: Duration.minutes(Math.max(5, every.toMinutes())),
      periods: 3,
    });
  }

  /** Stands in for thecatapi.com where that cannot be reached. It only reads, and what it tells is no secret. */
  private addStub(platform: Platform, sync: ServiceFunction): void {
    const stub = new ServiceFunction(this, 'Stub', platform, {
      entry: 'cats/upstream-stub',
      timeout: Duration.seconds(5),
      memorySize: 256,
      monitoring: { optOut: 'runs that it fails are told by the synchroniser' },
    });
    const { url } = stub.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    sync.addEnvironment('CAT_API_STUB_URL', url);
  }
}
