// API Gateway runs an Express state machine and answers with what its last state gives: no Lambda function waits and pays in between.
import { AwsIntegration, type MethodOptions, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface StateMachineIntegrationProps {
  readonly machine: StateMachine;
  /** Name in the execution's input → path parameter or header; empty text where the client sent none. */
  readonly input: Readonly<Record<string, string>>;
  /** By an emulator, which finds templates by all that a client says of the type, `charset` too, and knows a word for any. */
  readonly emulated: boolean;
  /** Answer to an execution that failed or ran out of time. */
  readonly failure: { readonly statusCode: number; readonly body: string };
}

/** The body does not matter; but templates are found by what clients say of it, and for "any type" API Gateway documents no word: what clients send. */
const CONTENT_TYPES = [
  ...['application/json', 'application/octet-stream', 'application/x-www-form-urlencoded', 'application/xml'],
  ...['multipart/form-data', 'text/html', 'text/plain', 'text/xml'],
];

/**
 * The execution's input has `requestId`, the gateway's, besides `input`. The last state's output is
 * `{statusCode, contentType, body, replayed, requestId}`; FAILED and TIMED_OUT get `failure`. Only `status` of the execution decides: Step
 * Functions' own answer is 200 whatever became of it (F1).
 */
export function stateMachineIntegration(scope: Construct, { machine, input, emulated, failure }: StateMachineIntegrationProps) {
  const credentialsRole = new Role(scope, 'Caller', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
  machine.grantStartSyncExecution(credentialsRole);
  const request = requestTemplate(machine.stateMachineArn, input);
  const types = emulated ? [...CONTENT_TYPES, '$default'] : CONTENT_TYPES;
  const integration = new AwsIntegration({
    service: 'states',
    action: 'StartSyncExecution',
    options: {
      credentialsRole,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: Object.fromEntries(types.map((type) => [type, request])),
      integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': answerTemplate(failure) } }],
    },
  });
  const methodOptions: MethodOptions = { methodResponses: [{ statusCode: '200' }] };
  return { integration, methodOptions };
}

/**
 * JSON in JSON: what a client sends is escaped twice. Nothing is escaped where nothing was sent, because LocalStack makes `{}` of empty text.
 * A header is looked for as it is named and in lower case, as HTTP/2 sends it.
 */
function requestTemplate(machineArn: string, input: Readonly<Record<string, string>>): string {
  const sets = Object.entries(input).map(
    ([name, parameter]) =>
      `#set($${name} = $input.params('${parameter}'))` +
      (parameter === parameter.toLowerCase() ? '' : `#if($${name} == '')#set($${name} = $input.params('${parameter.toLowerCase()}'))#end`),
  );
  const fields = Object.keys(input).map((name) => `\\"${name}\\":\\"#if($${name} != '')${escaped(escaped(`$${name}`))}#end\\"`);
  return `${sets.join('')}{"stateMachineArn":"${machineArn}","input":"{${fields.join(',')},\\"requestId\\":\\"$context.requestId\\"}"}`;
}

/** `escapeJavaScript` also escapes `'`, which JSON does not know: each time it is taken back. */
const escaped = (expression: string) => `$util.escapeJavaScript(${expression}).replaceAll("\\\\'", "'")`;

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
    '$!{answer.body}',
    '#else',
    `#set($context.responseOverride.status = ${statusCode})`,
    "#set($context.responseOverride.header.Content-Type = 'text/html; charset=utf-8')",
    '#set($context.responseOverride.header.x-request-id = $context.requestId)',
    body,
    '#end',
  ].join('');
