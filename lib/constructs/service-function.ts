// A Lambda function as this house wants it: bundled small, logged, bounded, watched.
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Architecture, type ILayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type ICommandHooks, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { esbuildArgs } from '../bundling/esbuild-args.ts';
import type { Config, Stage } from '../config.ts';
import type { NetworkStack } from '../stacks/network.ts';

/** What every function of a stage shares. */
export interface Platform {
  readonly config: Config;
  readonly network: NetworkStack | undefined;
  readonly alarms: ITopic;
}

export interface ServiceFunctionProps {
  /** Folder and file below functions/, without `.handler.ts`: `pictures/api`. Also the function's name and its service name in logs. */
  readonly entry: string;
  /** Export of the entry file. */
  readonly handler?: string;
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly layers?: ILayerVersion[];
  /** Who suffers how when it fails, or why nobody needs to hear of it. */
  readonly monitoring: { readonly impact: string } | { readonly optOut: string };
  readonly commandHooks?: ICommandHooks;
}

const projectRoot = join(import.meta.dirname, '../..');

/** CommonJS packages inside an ES module bundle still call `require`. */
const REQUIRE_IN_ESM =
  "import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);";

/** Known before a deployment: rules, and the gateway beside an emulator, name functions so. */
export const functionName = (stage: Stage, entry: string) => `stackyard-${stage}-${entry.replaceAll('/', '-')}`;

export class ServiceFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, { config, network, alarms }: Platform, props: ServiceFunctionProps) {
    const { entry, handler = 'handler', timeout, memorySize, layers = [], monitoring, commandHooks } = props;
    super(scope, id, {
      functionName: functionName(config.stage, entry),
      entry: join(projectRoot, 'functions', `${entry}.handler.ts`),
      handler,
      runtime: Runtime.NODEJS_24_X,
      architecture: config.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      timeout,
      memorySize,
      layers,
      environment: { NODE_OPTIONS: '--enable-source-maps', POWERTOOLS_SERVICE_NAME: entry },
      ...(network
        ? { vpc: network.vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [network.functions] }
        : {}),
      logGroup: new LogGroup(scope, `${id}Logs`, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        target: 'node24',
        minify: true,
        sourceMap: true,
        sourcesContent: false,
        bundleAwsSDK: true,
        externalModules: ['sharp'],
        banner: REQUIRE_IN_ESM,
        esbuildArgs: { ...esbuildArgs },
        ...(commandHooks ? { commandHooks } : {}),
      },
    });
    if ('impact' in monitoring) this.alarmOnErrors(alarms, monitoring.impact);
  }

  private alarmOnErrors(alarms: ITopic, impact: string): void {
    const watch = (id: string, metric: 'Errors' | 'Throttles') =>
      new Alarm(this, id, {
        alarmDescription: `${this.node.id}: ${metric}. Impact: ${impact}`,
        metric: this.metric(metric, { statistic: 'Sum', period: Duration.minutes(5) }),
        threshold: 0,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(alarms));
    watch('Failing', 'Errors');
    watch('Throttled', 'Throttles');
  }
}
