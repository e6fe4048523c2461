// The checkout as a state machine: reserve → charge → complete, or back again in reverse. Express, run synchronously by API Gateway.
//
// What it may take. API Gateway gives up after 29 s, the machine after 28. A step has 2 s and one more try after at most 1 s: 5 s. Begin,
// reserve, charge and complete: 20 s. The decision against a saga has what is left, 8 s or more: it is tried until the machine's time is over,
// because a database that is started again refuses connections at once, and a few quick tries would be over before it is back. Compensations
// follow the decision; what they do not get done, the reconciler does.
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  Choice,
  Condition,
  DefinitionBody,
  JitterType,
  JsonPath,
  LogLevel,
  Pass,
  Result,
  StateMachine,
  StateMachineType,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { STEP_SECONDS } from '../../functions/orders/routes.ts';
import type { Config } from '../config.ts';
import { accept } from '../constructs/accepted.ts';
import { watchMachine } from '../constructs/source-alarms.ts';

const MACHINE_TIMEOUT = Duration.seconds(28);
const STEP_TIMEOUT = Duration.seconds(STEP_SECONDS);
/** Tries that fail at once, half a second apart on average. */
const MORE_THAN_TIME_ALLOWS = 100;

/**
 * What may go well a moment later: the database was away or refused a deadlock's loser for the fifth time, Lambda had no room or lost the
 * function, the answer did not come in time. Every step may run twice.
 */
const TRANSIENT = [
  'DatabaseUnavailable',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
  'States.Timeout',
];

export interface CheckoutSagaProps {
  readonly orders: IFunction;
  readonly stock: IFunction;
  readonly payment: IFunction;
  readonly logRetentionDays: Config['functions']['logRetentionDays'];
  readonly alarms: ITopic;
}

export class CheckoutSaga extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { orders, stock, payment, logRetentionDays, alarms }: CheckoutSagaProps) {
    super(scope, id);
    /** The checkout is counted with the time that it took. */
    const startedAt = JsonPath.executionStartTime;
    const begin = this.step('Begin', orders, {
      input: {
        action: 'begin',
        requestId: JsonPath.stringAt('$.requestId'),
        sentRequestId: JsonPath.stringAt('$.sentRequestId'),
        orderId: JsonPath.stringAt('$.orderId'),
        key: JsonPath.stringAt('$.key'),
        execution: JsonPath.executionName,
        startedAt,
      },
      outputPath: '$.Payload',
    });
    const requestId = JsonPath.stringAt('$.requestId');
    const saga = { orderId: JsonPath.stringAt('$.saga.orderId'), attempt: JsonPath.numberAt('$.saga.attempt') };
    const sagaId = JsonPath.stringAt('$.saga.id');
    const reserve = this.step('Reserve', stock, {
      input: { action: 'reserve', requestId, sagaId, items: JsonPath.objectAt('$.saga.items') },
      keep: { as: '$.reserve', fields: ['state', 'refused_item'] },
    });
    const charge = this.step('Charge', payment, {
      input: {
        action: 'charge',
        requestId,
        sagaId,
        userId: JsonPath.stringAt('$.saga.userId'),
        amount: JsonPath.numberAt('$.saga.amount'),
      },
      keep: { as: '$.charge', fields: ['state'] },
    });
    const decision = { as: '$.decision', fields: ['state', 'answer'] };
    const complete = this.step('Complete', orders, { input: { action: 'complete', requestId, startedAt, ...saga }, keep: decision });
    const abort = this.step('Abort', orders, {
      input: { action: 'abort', requestId, startedAt, saga, steps: JsonPath.objectAt('$') },
      keep: decision,
      insists: true,
    });
    const refund = this.step('Refund', payment, { input: { action: 'refund', requestId, sagaId } });
    const release = this.step('Release', stock, { input: { action: 'release', requestId, sagaId } });
    const close = this.step('Close', orders, { input: { action: 'close', requestId, ...saga } });

    const unreachable = new Pass(this, 'Unreachable', {
      result: Result.fromObject({
        statusCode: 400,
        contentType: 'text/html; charset=utf-8',
        body: 'DB error',
        replayed: false,
        requestId: '',
      }),
    });
    const answer = new Pass(this, 'Answer', { inputPath: '$.decision.answer' });
    const is = (path: string, value: string) => Condition.stringEquals(path, value);

    begin.addCatch(unreachable).next(new Choice(this, 'Begun').when(is('$.outcome', 'run'), reserve).otherwise(answer));
    reserve.next(new Choice(this, 'Reserved').when(is('$.reserve.state', 'done'), charge).otherwise(abort));
    charge.next(new Choice(this, 'Charged').when(is('$.charge.state', 'done'), complete).otherwise(abort));
    complete.next(new Choice(this, 'Completed').when(is('$.decision.state', 'succeeded'), answer).otherwise(refund));
    // Without an answer nobody knows what a step did: the saga is decided against, and all of it undone.
    for (const step of [reserve, charge, complete]) step.addCatch(abort, { resultPath: '$.error' });
    abort.next(new Choice(this, 'Aborted').when(is('$.decision.state', 'compensating'), refund).otherwise(answer));
    // The decision stands, and with it the answer: what cannot be undone now, the reconciler undoes.
    refund.next(release).next(close).next(answer);
    for (const step of [refund, release, close]) step.addCatch(answer, { resultPath: '$.error' });

    this.machine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(begin),
      timeout: MACHINE_TIMEOUT,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // Log groups of this prefix share one policy, whose size is limited.
          logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-checkout`,
          retention: logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
      },
    });
    accept(
      this.machine,
      { id: 'AwsSolutions-SF1', reason: 'steps and outcomes of every checkout stand in the database; errors are logged' },
      { id: 'AwsSolutions-SF2', reason: 'traces are those of OpenTelemetry, and the functions write them' },
      { id: 'Serverless-StepFunctionStateMachineXray', reason: 'traces are those of OpenTelemetry, and the functions write them' },
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'deliveries of logs have no ARNs: AWS documents these permissions for all resources',
      },
    );
    watchMachine(this.machine, alarms);
  }

  private step(id: string, fn: IFunction, { input, keep, outputPath, insists = false }: Step): LambdaInvoke {
    const step = new LambdaInvoke(this, id, {
      lambdaFunction: fn,
      // All steps belong to one trace: the client's, or one that the first step begins.
      payload: TaskInput.fromObject({ ...input, traceparent: JsonPath.stringAt('$.traceparent') }),
      taskTimeout: Timeout.duration(STEP_TIMEOUT),
      retryOnServiceExceptions: false,
      ...(keep
        ? { resultPath: keep.as, resultSelector: Object.fromEntries(keep.fields.map((name) => [`${name}.$`, `$.Payload.${name}`])) }
        : outputPath
          ? { outputPath }
          : { resultPath: JsonPath.DISCARD }),
    });
    step.addRetry({
      errors: TRANSIENT,
      jitterStrategy: JitterType.FULL,
      interval: Duration.seconds(1),
      backoffRate: 1,
      maxAttempts: insists ? MORE_THAN_TIME_ALLOWS : 1,
    });
    return step;
  }
}

interface Step {
  readonly input: Record<string, unknown>;
  /** Fields of the function's answer that later states need, and where they find them. */
  readonly keep?: { readonly as: string; readonly fields: readonly string[] };
  /** Replaces the state's data. */
  readonly outputPath?: string;
  /** Is tried until the machine's time is over, not just once more. */
  readonly insists?: boolean;
}
