// Rules of `test/rules` that can be asked of nothing but the embedded host, or that are its own.
import { because } from '../../support/target-entries.ts';

export const embeddedOnly: Readonly<Record<string, string>> = {
  ...because('What the embedded host refuses at its start, in its own words; CloudFormation has another set, and says it later.', [
    'assembly-refusals.test.ts',
    'rest-direct-refusals.test.ts',
    'function-url.test.ts: U1: * is refused',
    'dynamodb.test.ts: * is refused by its name',
    'dynamodb.test.ts: what a table cannot honour ends the start with its name',
    'rest-gateway-responses.test.ts: a MOCK integration > R14: refuses Velocity templates at start',
    'schedule.test.ts: a rule for events of other services is refused',
  ]),
  ...because('It starts one host after another on the same data; what is deployed is not restarted.', [
    'assembly-custom-resource.test.ts',
    'states-lifetime.test.ts',
    'function-url.test.ts: U1: the address outlives a restart, and moves only when its port is taken',
    'function-url.test.ts: U1: a stop takes no more requests, and finishes what is in flight',
    'rest-gateway-responses.test.ts: API keys > without a value in the template keep theirs over a restart',
    'schedule-control.test.ts: E4: what the API set outlives a restart, until the rule changes in the template',
  ]),
  ...because('It is about the programs inside the embedded host: its database process, its edge server, its worker threads.', [
    'dynamodb-crash.test.ts',
    'edge-server.test.ts',
    'lambda-environment.test.ts: L14: *',
    'lambda-failures.test.ts: L14: *',
  ]),
  'assembly-intrinsics.test.ts':
    'It reads lists and objects from outputs, which are texts on CloudFormation, and hosts several stacks at once to import from each other.',
  'rest-direct.test.ts':
    "The state machines behind its methods are functions of the test, inside the host; the contract of checkouts asks the same integration of every target's own.",
  'rest-routing.test.ts: routing > R15: finds the only API by its stage, or by nothing':
    'A convenience of the embedded host, which serves one application; elsewhere an address names the API.',
  'secrets-attachment.test.ts':
    'It attaches a secret to a database instance, which takes ten minutes and costs money on AWS, and is a stub without a server on LocalStack.',
  ...because('It needs a broker: a cluster of MSK takes half an hour on AWS, and Kafka event sources fail on LocalStack.', [
    'cloudwatch.test.ts',
    'kafka-events.test.ts',
    'kafka-order.test.ts',
    'kafka-replay.test.ts',
    'kafka-retries.test.ts',
  ]),
  ...because('It asks the WebSocket gateway of the embedded host at its port; LocalStack has no WebSocket APIs in its free edition.', [
    'websocket-abuse.test.ts',
    'websocket-connect.test.ts',
    'websocket-connections.test.ts',
    'websocket-edge.test.ts',
    'websocket-lifetime.test.ts',
    'websocket-limits.test.ts',
    'websocket-messages.test.ts',
    'websocket-templates.test.ts',
  ]),
  'edge.test.ts':
    'A distribution of CloudFront takes minutes to come and to go on AWS, caches what the test changes, and does not exist in the free LocalStack.',
};
