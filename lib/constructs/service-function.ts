// A Lambda function as this house wants it: bundled small, logged, bounded, watched.
import { ArnFormat, type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type IFunction,
  type ILayerVersion,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { probes } from '../../functions/operations/release/probes.ts';
import { functionCode } from '../bundling/function-code.ts';
import type { Config, Stage } from '../config.ts';
import type { NetworkStack } from '../stacks/network.ts';
import { accept } from './accepted.ts';
import { metricsNamespace } from './business-alarm.ts';
import { watchFunction } from './function-alarms.ts';
import { functionRole } from './function-role.ts';
import { trace } from './tracing.ts';

/** What callers of a function name; it outlives every version. */
export const LIVE = 'live';

/** Brings new versions to callers step by step. */
export interface Releases {
  /** An alias that leads to the version that was released last, and during a release also to the new one. */
  release(fn: LambdaFunction, entry: string, provisionedConcurrency?: number): IFunction;
}

/** What every function of a stage shares. */
export interface Platform {
  readonly config: Config;
  readonly network: NetworkStack | undefined;
  readonly alarms: ITopic;
  /** Where versions are released step by step. */
  readonly releases?: Releases;
}

export interface ServiceFunctionProps {
  /** Folder and file below functions/, without `.handler.ts`: `pictures/api`. Also the function's name and its service name in logs. */
  readonly entry: string;
  readonly timeout: Duration;
  readonly memorySize: number;
  readonly layers?: ILayerVersion[];
  /** It sends to a queue of its own: Lambda would take that for a mistake, and stop it after 16 rounds. */
  readonly asksItself?: boolean;
  /** Who suffers how when it fails, or why nobody needs to hear of it. */
  readonly monitoring: { readonly impact: string } | { readonly optOut: string };
  /** What lies beside the code: name → folder that is copied. */
  readonly folders?: Readonly<Record<string, string>>;
}

/** Known before a deployment: rules, and the gateway beside an emulator, name functions so. */
export const functionName = (stage: Stage, entry: string) => `stackyard-${stage}-${entry.replaceAll('/', '-')}`;

export class ServiceFunction extends LambdaFunction {
  /** What event sources and permissions name: an alias where versions are released step by step or kept ready, else the function. */
  readonly live: IFunction;
  /** Name of `live`, for functions that call it. They know it by its name alone: a reference would have their release wait for the end of its own. */
  readonly liveName: string;

  constructor(scope: Construct, id: string, { config, network, alarms, releases }: Platform, props: ServiceFunctionProps) {
    const { entry, timeout, memorySize, layers = [], asksItself, monitoring, folders } = props;
    const name = functionName(config.stage, entry);
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: config.functions.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      functionName: name,
      // Versions are made of what stands in the template, where references stay the same when what they lead to is another.
      description: `Generation ${config.generation}`,
      code: functionCode(entry, folders),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: config.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      timeout,
      memorySize,
      layers,
      ...(asksItself && { recursiveLoop: RecursiveLoop.ALLOW }),
      environment: {
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: entry,
        METRICS_NAMESPACE: metricsNamespace(config.stage),
      },
      ...(network
        ? { vpc: network.vpc, vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [network.functions] }
        : {}),
      logGroup,
      role: functionRole(scope, `${id}Role`, { name, logGroup, inVpc: network !== undefined }),
    });
    trace(this, config);
    accept(
      this,
      {
        id: 'Serverless-LambdaDLQ',
        reason: 'what invokes it without waiting is a schedule or a deployment: the next one does what a lost one did not, and alarms tell',
      },
      { id: 'Serverless-LambdaTracing', reason: 'traces are those of OpenTelemetry, where the stage names a collector, and not of X-Ray' },
    );
    const ready = config.functions.provisionedConcurrency[entry];
    if (releases && entry in probes) this.live = releases.release(this, entry, ready);
    else if (ready)
      this.live = new Alias(this, 'Live', { aliasName: LIVE, version: this.currentVersion, provisionedConcurrentExecutions: ready });
    else this.live = this;
    this.liveName = this.live === this ? name : `${name}:${LIVE}`;
    if ('impact' in monitoring)
      watchFunction(this, { entry, timeout, impact: monitoring.impact, alarms, emulated: config.data.kind === 'external' });
  }

  /** Lets it call another function of the stage by its `liveName`. */
  grantCall(other: ServiceFunction): void {
    const arn = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: other.liveName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [arn] }));
  }
}
