// AWS itself, by the credentials of the environment. Nothing is known to differ: no account was at hand to run it.
import type { Differences } from '../support/target.ts';
import { embeddedOnly } from './rules/embedded-only.ts';

export const differences: Differences = {
  rules: {
    differs: {},
    notApplicable: {
      ...embeddedOnly,
      'lambda-concurrency.test.ts: L12: unlike on AWS, an environment is not frozen between invokes: its timers go on':
        'It says where the embedded host differs from AWS.',
      'dynamodb.test.ts: items whose time to live has passed are deleted, others stay':
        'AWS deletes them within a few days, so no test waits for it.',
      'rest-routing.test.ts: routing > R15: finds API and stage by both path forms':
        "The path forms are LocalStack's; AWS has host names only.",
      'rest-routing.test.ts: routing > R15: refuses it in a path form, too': "The path forms are LocalStack's; AWS has host names only.",
    },
  },
  system: { differs: {}, notApplicable: {} },
};
