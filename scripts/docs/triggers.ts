// What calls the functions of a template: routes, queues, topics, schedules, the state machine, deployments, other functions.
import { readable, resourcesOf, type Templates, target } from './templates.ts';

export interface Trigger {
  readonly what: string;
  /** Logical id of the queue of what failed for good. */
  readonly failures?: string;
  readonly concurrency?: string;
}

/** By the function's logical id. */
export function triggersOf(templates: Templates): ReadonlyMap<string, readonly Trigger[]> {
  const found = new Map<string, Trigger[]>();
  const aliases = new Map(
    resourcesOf(templates, 'AWS::Lambda::Alias').map(({ id, properties }) => [id, target(properties.FunctionName)] as const),
  );
  const add = (value: unknown, trigger: Trigger) => {
    const id = target(value);
    const fn = id && (aliases.get(id) ?? id);
    if (fn) found.set(fn, [...(found.get(fn) ?? []), trigger]);
  };
  const deadLetters = new Map(
    resourcesOf(templates, 'AWS::SQS::Queue').map(({ id, properties }) => [id, target(properties.RedrivePolicy?.deadLetterTargetArn)]),
  );

  for (const { properties } of resourcesOf(templates, 'AWS::ApiGateway::Method'))
    if (properties.Integration?.Type === 'AWS_PROXY') add(properties.Integration.Uri, { what: 'REST' });
  for (const { properties } of resourcesOf(templates, 'AWS::ApiGatewayV2::Integration'))
    add(properties.IntegrationUri, { what: 'WebSocket' });
  for (const { properties } of resourcesOf(templates, 'AWS::ApiGateway::Authorizer')) add(properties.AuthorizerUri, { what: 'authorizer' });
  for (const { properties } of resourcesOf(templates, 'AWS::Events::Rule'))
    for (const { Arn } of properties.Targets ?? []) add(Arn, { what: `schedule ${properties.ScheduleExpression}` });
  for (const { properties } of resourcesOf(templates, 'AWS::Lambda::EventSourceMapping'))
    add(properties.FunctionName, sourceOf(properties, deadLetters));
  for (const { properties } of resourcesOf(templates, 'AWS::StepFunctions::StateMachine'))
    for (const part of properties.DefinitionString?.['Fn::Join']?.[1] ?? []) if (typeof part === 'object') add(part, { what: 'checkout' });
  for (const type of ['Custom::Migrations', 'Custom::KafkaTopic'])
    for (const { properties } of resourcesOf(templates, type)) add(properties.ServiceToken, { what: 'deployment' });
  for (const { properties } of resourcesOf(templates, 'AWS::SecretsManager::RotationSchedule'))
    add(properties.RotationLambdaARN, { what: 'rotation of secrets' });
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
function sourceOf(properties: any, deadLetters: ReadonlyMap<string, string | undefined>): Trigger {
  if (properties.Topics) {
    const { MaximumPollers } = properties.ProvisionedPollerConfig ?? {};
    const failures = target(properties.DestinationConfig?.OnFailure?.Destination);
    return {
      what: `topic ${properties.Topics[0]}`,
      ...(failures ? { failures } : {}),
      ...(MaximumPollers ? { concurrency: `${MaximumPollers} pollers` } : {}),
    };
  }
  const queue = target(properties.EventSourceArn) ?? 'queue';
  const failures = deadLetters.get(queue);
  const most = properties.ScalingConfig?.MaximumConcurrency;
  return {
    what: `queue ${readable(queue).replace(/Queue$/, '')}`,
    ...(failures ? { failures } : {}),
    ...(most ? { concurrency: `at most ${most}` } : {}),
  };
}
