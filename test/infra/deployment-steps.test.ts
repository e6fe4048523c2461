// What is done to data at a deployment: when CloudFormation has it done again, and how long it waits for it.
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { configOf } from '../../lib/config.ts';
import { synthesizedFrom } from './stage.ts';

const config = configOf('prod');

const systemsOf = (generation: number): Template => {
  const { systems } = synthesizedFrom({ ...config, generation });
  if (!systems) throw new Error('prod has systems');
  return systems;
};

const [before, after] = [systemsOf(config.generation), systemsOf(config.generation + 1)];

const propertiesOf = (template: Template, type: string) => Object.values(template.findResources(type))[0]?.Properties;

test.each(['Custom::Migrations', 'Custom::KafkaTopic'])(
  'a greater generation alone has %s run again, for a database or a cluster in the place of another',
  (type) => {
    const { Generation, ...rest } = propertiesOf(after, type);

    expect({ Generation, ...rest }).not.toEqual(propertiesOf(before, type));
    expect({ ...rest, Generation: String(config.generation) }).toEqual(propertiesOf(before, type));
  },
);

test.each([
  ['Custom::Migrations', 900],
  ['Custom::KafkaTopic', 60],
])('CloudFormation waits for %s, of a function that may take %d s, until Lambda has called it three times', (type, seconds) => {
  const { ServiceToken, ServiceTimeout } = propertiesOf(before, type);
  const { Timeout } = before.findResources('AWS::Lambda::Function')[ServiceToken['Fn::GetAtt'][0]]?.Properties ?? {};

  expect(Timeout).toBe(seconds);
  // Lambda waits for one minute, and then for two.
  expect(Number(ServiceTimeout)).toBe(3 * seconds + 180);
  expect(Number(ServiceTimeout)).toBeLessThanOrEqual(3600);
});
