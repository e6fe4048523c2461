// C2: what a template asks for and the host cannot give ends the start, with its name and its stack; silence would be a stub.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of Fn::Sub
import { expect, test } from 'vitest';
import type { Template } from '../../local/assembly/template.ts';
import { hostStacks } from './fixture.ts';

const parameter = (value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: 'p', Type: 'String', Value: value } });
const withValue = (value: unknown, more: Partial<Template> = {}): Template => ({ Resources: { Place: parameter(value) }, ...more });

const cases: Readonly<Record<string, readonly [template: Template, sentence: string | RegExp]>> = {
  'an unknown type': [
    { Resources: { Stream: { Type: 'AWS::Kinesis::Stream' } } },
    'Stream in stack Refused: resource type AWS::Kinesis::Stream has no module here',
  ],
  'an unknown property': [
    { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { Colour: 'red' } } } },
    'Queue in stack Refused: property Colour of AWS::SQS::Queue is not supported. Honoured: ',
  ],
  'an unknown intrinsic function': [
    withValue({ 'Fn::Transform': { Name: 'Macro' } }),
    'The intrinsic function Fn::Transform is not supported',
  ],
  'an unknown pseudo-parameter': [withValue({ Ref: 'AWS::Weather' }), 'Refused refers to AWS::Weather, which it does not define'],
  'a name that is not defined': [withValue({ Ref: 'Nobody' }), 'Refused refers to Nobody, which it does not define'],
  'a name inside Sub that is not defined': [
    withValue({ 'Fn::Sub': '${Nobody.Arn}' }),
    'Refused refers to Nobody, which it does not define',
  ],
  'an attribute that a resource does not have': [
    { Resources: { Place: parameter({ 'Fn::GetAtt': ['Queue', 'Colour'] }), Queue: { Type: 'AWS::SQS::Queue' } } },
    'Refused: Queue has no attribute Colour here. It has: ',
  ],
  'a parameter without default': [
    withValue({ Ref: 'Size' }, { Parameters: { Size: { Type: 'String' } } }),
    'Parameter Size of stack Refused has no default',
  ],
  'a parameter of SSM that does not exist': [
    withValue({ Ref: 'Size' }, { Parameters: { Size: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/none' } } }),
    /\/none/,
  ],
  'an import that nobody exports': [
    withValue({ 'Fn::ImportValue': 'Nobody:Name' }),
    'Refused imports Nobody:Name, which no stack of the assembly exports',
  ],
  'an output that no stack has': [
    withValue({ 'Fn::GetStackOutput': { StackName: 'Nobody', OutputName: 'Name' } }),
    'Refused reads the output Name of Nobody, which does not exist',
  ],
  'a condition that is not defined': [withValue({ 'Fn::If': ['IsBlue', 1, 2] }), 'Refused has no condition IsBlue'],
  'a resource whose condition is false': [
    {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { Place: parameter({ Ref: 'Ghost' }), Ghost: { ...parameter('x'), Condition: 'Never' } },
    },
    'Refused refers to Ghost, which was not created: its condition is false',
  ],
  'a mapping that is not there': [withValue({ 'Fn::FindInMap': ['Sizes', 'a', 'b'] }), 'Refused has no mapping Sizes.a.b'],
  'an entry beyond a list': [withValue({ 'Fn::Select': [2, ['a', 'b']] }), 'Fn::Select: no entry 2 in a list of 2'],
  'more blocks than fit': [withValue({ 'Fn::Cidr': ['10.0.0.0/24', 3, 7] }), 'Fn::Cidr: 10.0.0.0/24 has no room for 3 blocks of 7 bits'],
  'a dynamic reference to another service': [withValue('{{resolve:vault:secret}}'), 'Dynamic references to vault are not supported'],
  'a circle of resources': [
    { Resources: { One: parameter({ Ref: 'Two' }), Two: parameter({ Ref: 'One' }) } },
    'Circular dependency: Refused/One → Refused/Two → Refused/One',
  ],
  'a dependency that is not defined': [
    { Resources: { Place: { ...parameter('x'), DependsOn: 'Nobody' } } },
    'Refused refers to Nobody, which it does not define',
  ],
};

test.each(Object.entries(cases))('C2: %s is refused by name', async (_, [template, sentence]) => {
  const outcome = await hostStacks({ Refused: template }).then(
    async (host) => {
      await host.stop();
      return 'it started';
    },
    (error: Error) => error.message,
  );
  if (typeof sentence === 'string') expect(outcome).toContain(sentence);
  else expect(outcome).toMatch(sentence);
});

test('C2: everything that is refused is told at once, with the types that are supported and the way out', async () => {
  const Resources = { Stream: { Type: 'AWS::Kinesis::Stream' }, Table: { Type: 'AWS::Neptune::DBCluster' } };
  await expect(hostStacks({ Refused: { Resources } })).rejects.toThrow(
    /Stream in stack Refused.*\n.*Table in stack Refused.*\nSupported resource types: AWS::ApiGateway::Account, .*\nA new type is one file in local\/resources/,
  );
});
