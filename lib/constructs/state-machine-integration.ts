// API Gateway runs an Express state machine and answers with what its last state gives: no Lambda function waits and pays in between.
import { AwsIntegration, type MethodOptions, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface StateMachineIntegrationProps {
  readonly machine: StateMachine;
  /** Name in the execution's input → Velocity expression of its text. */
  readonly input: Readonly<Record<string, string>>;
  /** Answer to an execution that failed or ran out of time. */
  readonly failure: { readonly statusCode: number; readonly body: string };
}

/**
 * The last state's output is `{statusCode, contentType, body, replayed, requestId}`; FAILED and TIMED_OUT get `failure`.
 * Only `status` of the execution decides: Step Functions' own answer is 200 whatever became of it (F1).
 */
export function stateMachineIntegration(scope: Construct, { machine, input, failure }: StateMachineIntegrationProps) {
  const credentialsRole = new Role(scope, 'Caller', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  machine.grantStartSyncExecution(credentialsRole);
  const request = requestTemplate(machine.stateMachineArn, input);
  const integration = new AwsIntegration({
    service: 'states',
    action: 'StartSyncExecution',
    options: {
      credentialsRole,
      passthroughBehavior: PassthroughBehavior.NEVER,
      // The body does not matter, so any type of it will do.
      requestTemplates: { 'application/json': request, $default: request },
      integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': answerTemplate(failure) } }],
    },
  });
  const methodOptions: MethodOptions = { methodResponses: [{ statusCode: '200' }] };
  return { integration, methodOptions };
}

/** JSON in JSON: what a client sends is escaped twice. `escapeJavaScript` also escapes `'`, which JSON does not know. */
function requestTemplate(machineArn: string, input: Readonly<Record<string, string>>): string {
  const fields = Object.entries(input).map(
    ([name, expression]) => `\\"${name}\\":\\"$util.escapeJavaScript($util.escapeJavaScript(${expression}).replaceAll("\\\\'", "'"))\\"`,
  );
  return `{"stateMachineArn":"${machineArn}","input":"{${fields.join(',')}}"}`;
}

/** Velocity: `$context.responseOverride` is how a template sets the status and headers of its answer. */
const answerTemplate = ({ statusCode, body }: StateMachineIntegrationProps['failure']) =>
  [
    "#set($execution = $input.path('$'))",
    "#if($execution.status == 'SUCCEEDED')",
    '#set($answer = $util.parseJson($execution.output))',
    '#set($context.responseOverride.status = $answer.statusCode)',
    '#set($context.responseOverride.header.Content-Type = $answer.contentType)',
    "#if($answer.requestId == '')#set($context.responseOverride.header.x-request-id = $context.requestId)",
    '#else#set($context.responseOverride.header.x-request-id = $answer.requestId)#end',
    "#if($answer.replayed)#set($context.responseOverride.header.Idempotent-Replayed = 'true')#end",
    '$answer.body',
    '#else',
    `#set($context.responseOverride.status = ${statusCode})`,
    "#set($context.responseOverride.header.Content-Type = 'text/html; charset=utf-8')",
    '#set($context.responseOverride.header.x-request-id = $context.requestId)',
    body,
    '#end',
  ].join('');
