// C2: intrinsic functions, pseudo-parameters, conditions and imports, as outputs and properties of hosted stacks.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of Fn::Sub
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureHost, hostStacks } from './fixture.ts';

const sub = (text: string, variables?: object) => ({ 'Fn::Sub': variables ? [text, variables] : text });

/** What each function gives, by the name of its output. */
const expressions: Readonly<Record<string, readonly [expression: unknown, expected: unknown]>> = {
  'Ref to a resource': [{ Ref: 'Name' }, '/c2/name'],
  'Ref to a parameter with a default': [{ Ref: 'Size' }, '12'],
  'Ref to a parameter that SSM keeps': [{ Ref: 'FromSsm' }, 'kept'],
  'GetAtt as a list': [{ 'Fn::GetAtt': ['Name', 'Value'] }, 'kept'],
  'GetAtt as text': [{ 'Fn::GetAtt': 'Name.Value' }, 'kept'],
  'Sub with resource, attribute and pseudo-parameter': [sub('${Name} ${Name.Value} ${AWS::Region}'), '/c2/name kept eu-west-1'],
  'Sub with variables and a literal': [sub('${a} ${!a}', { a: { Ref: 'Size' } }), '12 ${a}'],
  Join: [{ 'Fn::Join': ['-', ['a', { Ref: 'Size' }, 3]] }, 'a-12-3'],
  Select: [{ 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
  Split: [{ 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
  'Select of Split': [{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Name' }] }] }, 'name'],
  'If, true': [{ 'Fn::If': ['IsLarge', 'large', 'small'] }, 'large'],
  'If, false': [{ 'Fn::If': ['IsNeither', 'large', 'small'] }, 'small'],
  'If with NoValue leaves a property out': [{ a: 1, b: { 'Fn::If': ['IsNeither', 2, { Ref: 'AWS::NoValue' }] } }, { a: 1 }],
  'NoValue leaves an entry out': [
    ['a', { Ref: 'AWS::NoValue' }, 'b'],
    ['a', 'b'],
  ],
  FindInMap: [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, 7],
  ImportValue: [{ 'Fn::ImportValue': 'Other:Name' }, '/c2/other'],
  'ImportValue below Sub': [sub('<${imported}>', { imported: { 'Fn::ImportValue': 'Other:Name' } }), '</c2/other>'],
  GetStackOutput: [{ 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Exported' } }, '/c2/other'],
  'GetStackOutput of a stack in another region': [
    { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Own', Region: 'us-east-1' } },
    'from elsewhere',
  ],
  GetAZs: [{ 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  Cidr: [{ 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
  'Cidr with larger blocks': [{ 'Fn::Cidr': ['10.1.128.0/17', '2', '14'] }, ['10.1.128.0/18', '10.1.192.0/18']],
  Base64: [{ 'Fn::Base64': sub('grüße') }, Buffer.from('grüße').toString('base64')],
  ToJsonString: [{ 'Fn::ToJsonString': { size: { Ref: 'Size' }, list: [1] } }, '{"size":"12","list":[1]}'],
  Length: [{ 'Fn::Length': ['a', 'b'] }, 2],
  AccountId: [{ Ref: 'AWS::AccountId' }, '000000000000'],
  Partition: [{ Ref: 'AWS::Partition' }, 'aws'],
  URLSuffix: [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  StackName: [{ Ref: 'AWS::StackName' }, 'C2'],
  StackId: [{ Ref: 'AWS::StackId' }, expect.stringMatching(/^arn:aws:cloudformation:eu-west-1:000000000000:stack\/C2\//)],
  'a dynamic reference to SSM': ['<{{resolve:ssm:/c2/name}}>', '<kept>'],
  'a dynamic reference to a secret, made by Join': [
    { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:user::}}']] },
    'admin',
  ],
  'plain data with one key': [{ Condition: { StringEquals: {} } }, { Condition: { StringEquals: {} } }],
};

let host: FixtureHost;
const parameter = (name: string, value: unknown, more: object = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: name, Type: 'String', Value: value },
  ...more,
});

beforeAll(async () => {
  host = await hostStacks(
    {
      C2: {
        Parameters: {
          Size: { Type: 'Number', Default: '12' },
          FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/c2/name' },
        },
        Mappings: { Sizes: { 'eu-west-1': { small: 7 } } },
        Conditions: {
          IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 12] },
          IsSmall: { 'Fn::Not': [{ Condition: 'IsLarge' }] },
          IsNeither: { 'Fn::And': [{ Condition: 'IsLarge' }, { Condition: 'IsSmall' }] },
          IsEither: { 'Fn::Or': [{ Condition: 'IsSmall' }, { Condition: 'IsLarge' }] },
        },
        Resources: {
          Name: parameter('/c2/name', 'kept'),
          Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{"user":"admin"}' } },
          Wanted: parameter('/c2/wanted', 'yes', { Condition: 'IsEither' }),
          Unwanted: parameter('/c2/unwanted', 'yes', { Condition: 'IsNeither' }),
        },
        Outputs: Object.fromEntries(Object.entries(expressions).map(([name, [Value]]) => [name, { Value }])),
      },
      Other: {
        Resources: { Name: parameter('/c2/other', 'from elsewhere') },
        Outputs: {
          Exported: { Value: { Ref: 'Name' }, Export: { Name: 'Other:Name' } },
          Own: { Value: { 'Fn::GetAtt': ['Name', 'Value'] } },
        },
      },
    },
    { region: 'eu-west-1' },
  );
});

afterAll(() => host.stop());

test.each(Object.entries(expressions))('C2: %s', (name, [, expected]) => {
  expect(host.output(name)).toEqual(expected);
});

test('C2: a resource is created exactly where its condition holds', () => {
  expect(host.ref('Wanted')).toBe('/c2/wanted');
  expect(() => host.ref('Unwanted')).toThrow('no resource Unwanted');
});
