// What runs here is what deploys there: the stages local and dev differ in what is listed below, and in nothing else.
import { expect, test } from 'vitest';
import { type Config, configOf } from '../../lib/config.ts';
import { refusals } from '../../local/assembly/refusals.ts';
import type { Template } from '../../local/assembly/template.ts';
import { loadModules } from '../../local/resources/registry.ts';
import { synthesizedFrom } from './stage.ts';

/** Differing properties, as patterns over `stack/Type/Property.path`, each with the reason why it may differ. */
const allowed: Readonly<Record<string, readonly RegExp[]>> = {
  'functions run on the processor of this machine': [
    /^systems\/AWS::Lambda::Function\/Architectures/,
    /^systems\/AWS::Lambda::LayerVersion\/(CompatibleArchitectures|Description|Content)/,
    // Unbundled assets are hashed by their settings, the processor among them.
    /^systems\/AWS::Lambda::Function\/Code\.S3Key/,
  ],
  'nobody listens on loopback: no TLS to database and cache': [
    /^data\/AWS::RDS::DBParameterGroup\/Parameters\.require_secure_transport/,
    /^data\/AWS::RDS::DBProxy\/RequireTLS/,
    /^data\/AWS::ElastiCache::ReplicationGroup\/TransitEncryptionEnabled/,
    /^systems\/AWS::Lambda::Function\/Environment\.Variables\.(DATABASE_TLS|REDIS_URL)/,
  ],
  'nothing costs money here': [/^alerts\/AWS::Budgets::Budget\/Budget\.BudgetLimit/],
  'pictures of cats may come over plain HTTP, as those of the stub on this machine do': [
    /^console\/AWS::CloudFront::ResponseHeadersPolicy\/ResponseHeadersPolicyConfig\.SecurityHeadersConfig\.ContentSecurityPolicy\./,
    // The answer for pages that are not there is written into it, headers included.
    /^console\/AWS::CloudFront::Function\/FunctionCode/,
  ],
  'one broker, in one subnet, with one replica of everything': [
    /^data\/AWS::MSK::Cluster\/(NumberOfBrokerNodes|BrokerNodeGroupInfo\.ClientSubnets)/,
    /^data\/AWS::MSK::Configuration\/ServerProperties/,
    /^systems\/Custom::KafkaTopic\/Replicas/,
  ],
};

/** A stage under another's name, so that names and logical ids do not differ by the name itself. */
const underTheSameName = (config: Config): Record<string, Template> =>
  Object.fromEntries(
    Object.entries(synthesizedFrom({ ...config, stage: 'dev' })).map(([name, template]) => [name, template.toJSON() as Template]),
  );

test('local has the resources of dev, by logical id and type, in both transports', () => {
  for (const transport of ['kafka', 'sqs'] as const) {
    const [local, dev] = (['local', 'dev'] as const).map((stage) => typesOf(underTheSameName(configOf(stage, transport))));
    expect(local).toEqual(dev);
  }
});

test('local and dev differ in processor, TLS, number of brokers and where pictures may come from, each where it is listed, and in nothing else', () => {
  const [local, dev] = [underTheSameName(configOf('local')), underTheSameName(configOf('dev'))];

  const differing = differences(dev, local);
  const reasons = Object.values(allowed).flat();
  expect(differing.filter((path) => !reasons.some((pattern) => pattern.test(path)))).toEqual([]);
  // A machine with dev's processor shows no difference there; everything else that is listed must still be one.
  const needed = Object.entries(allowed).flatMap(([reason, patterns]) => (reason.includes('processor') ? [] : patterns));
  expect(needed.filter((pattern) => !differing.some((path) => pattern.test(path)))).toEqual([]);
});

test('the embedded host honours or knowingly ignores every type and property of local, in both transports', async () => {
  const modules = await loadModules();
  for (const transport of ['kafka', 'sqs'] as const) {
    const stacks = Object.entries(underTheSameName(configOf('local', transport))).map(([name, template]) => ({ name, template }));
    expect(refusals(stacks, modules)).toEqual([]);
  }
});

test('the embedded host would refuse the same app with a type or property that it does not know', async () => {
  const { data, systems } = underTheSameName(configOf('local'));
  const changed = {
    Resources: {
      ...data?.Resources,
      ...systems?.Resources,
      Stream: { Type: 'AWS::Kinesis::Stream' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Colour: 'red' } },
    },
  };
  expect(refusals([{ name: 'changed', template: changed }], await loadModules())).toEqual([
    expect.stringMatching(/^Stream in stack changed: resource type AWS::Kinesis::Stream has no module here/),
    expect.stringMatching(/^Queue in stack changed: property Colour of AWS::SQS::Queue is not supported\. Honoured: .*QueueName/),
  ]);
});

function typesOf(stacks: Record<string, Template>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { Resources = {} }]) => [
      name,
      Object.fromEntries(Object.entries(Resources).map(([id, { Type }]) => [id, Type])),
    ]),
  );
}

/** Paths of everything that is not the same, sorted. */
function differences(left: Record<string, Template>, right: Record<string, Template>): string[] {
  const [before, after] = [leaves(left), leaves(right)];
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => path.replace(/#\w+/, ''))
    .sort();
}

/** Every primitive of the templates by its path; `#id` keeps resources of one type apart. */
function leaves(stacks: Record<string, Template>): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) found.set(path, value);
    else for (const [name, inner] of Object.entries(value)) visit(inner, path.endsWith('/') ? path + name : `${path}.${name}`);
  };
  for (const [stack, { Resources = {}, Outputs = {} }] of Object.entries(stacks)) {
    for (const [id, { Type, Properties, ...rest }] of Object.entries(Resources)) {
      visit(Properties, `${stack}/${Type}#${id}/`);
      visit(rest, `${stack}/${Type}#${id}/`);
    }
    visit(Outputs, `${stack}/Outputs/`);
  }
  return found;
}
