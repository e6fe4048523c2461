// A REST API whose methods call Step Functions themselves, and machines that are plain functions.
import type { Host } from '../../local/host.ts';
import { type StateMachine, type SyncExecution, stateMachinesOf } from '../../local/services/state-machines.ts';

export const ARN = 'arn:aws:states:eu-central-1:000000000000:stateMachine:Checkout';
export const START = 'arn:aws:apigateway:eu-central-1:states:action/StartSyncExecution';

/** In a template, a client's text for JSON inside JSON: JSON knows no `\'`, so each escaping takes it back. */
const escaped = (expression: string) => `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;

/** Starts the machine with these parameters, by the names of the input. */
export function startTemplate(parameters: Readonly<Record<string, string>>, arn = ARN): string {
  const fields = Object.entries(parameters).map(
    ([name, parameter]) => `\\"${name}\\":\\"${escaped(escaped(`$input.params('${parameter}')`))}\\"`,
  );
  return `{"stateMachineArn":"${arn}","input":"{${fields.join(',')}}"}`;
}

/** Answers with what the machine's last state gave; anything else is a failure. */
export const ANSWER_TEMPLATE = [
  "#set($execution = $input.path('$'))",
  "#if($execution.status == 'SUCCEEDED')",
  '#set($answer = $util.parseJson($execution.output))',
  '#set($context.responseOverride.status = $answer.statusCode)',
  '#set($context.responseOverride.header.Content-Type = $answer.contentType)',
  '$!{answer.body}',
  '#else',
  '#set($context.responseOverride.status = 400)',
  'Requests error',
  '#end',
].join('');

export const integration = (requestTemplate: string, more: object = {}) => ({
  Type: 'AWS',
  Uri: START,
  IntegrationHttpMethod: 'POST',
  Credentials: 'arn:aws:iam::000000000000:role/caller',
  PassthroughBehavior: 'NEVER',
  RequestTemplates: { 'application/json': requestTemplate },
  IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': ANSWER_TEMPLATE } }],
  ...more,
});

/** A machine of the host that ends as `work` says, given its input. */
export function setMachine(host: Host, work: (input: string) => Promise<Partial<SyncExecution>> | Partial<SyncExecution>, arn = ARN): void {
  const machine: StateMachine = {
    arn,
    name: 'Checkout',
    async startSync(input, name = 'run') {
      return {
        executionArn: `${arn}:${name}`,
        stateMachineArn: arn,
        name,
        startDate: 1700000000.5,
        stopDate: 1700000001,
        status: 'SUCCEEDED',
        input,
        inputDetails: { included: true },
        outputDetails: { included: true },
        billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: 100 },
        ...(await work(input)),
      };
    },
  };
  stateMachinesOf(host).set(arn, machine);
}

export const output = (answer: unknown): Partial<SyncExecution> => ({ output: JSON.stringify(answer) });
