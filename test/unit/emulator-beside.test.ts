// A host beside an emulator takes what the emulator has for its own: exports of stacks, and who answers for a domain.
import { expect, test } from 'vitest';
import { dependencyGraph } from '../../local/assembly/graph.ts';
import { type Origin, origins } from '../../local/gateway/origins.ts';

const stacks = [
  {
    name: 'gateway',
    template: { Resources: { Site: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::ImportValue': 'deployed-name' } } } } },
  },
];

test('an import that an emulator exports needs no resource of the assembly', () => {
  expect(dependencyGraph(stacks, new Map([['deployed-name', 'x']])).get('gateway/Site')).toEqual(new Set());
});

test('an import that nobody exports is refused before anything is made', () => {
  expect(() => dependencyGraph(stacks, new Map())).toThrow('gateway imports deployed-name, which no stack of the assembly exports');
});

test('a domain that nothing is registered for is asked of the emulator, others are not', () => {
  const [own, its]: Origin[] = [{ serve() {} }, { serve() {} }];
  const asked: string[] = [];
  const all = origins((domain) => {
    asked.push(domain);
    return domain.startsWith('api.') ? its : undefined;
  });
  all.register('site.s3.amazonaws.com', own as Origin);

  expect([all.find('site.s3.amazonaws.com'), all.find('api.execute-api'), all.find('nobody')]).toEqual([own, its, undefined]);
  expect(asked).toEqual(['api.execute-api', 'nobody']);
});
