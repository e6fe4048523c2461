// LocalStack 4.14.0, the free edition, with the project's own executor of functions.
import type { Differences } from '../support/target.ts';
import { embeddedOnly } from './rules/embedded-only.ts';
import { localstackCannotTell, localstackDiffers as rulesDiffer } from './rules/localstack.ts';
import { localstackDiffers as systemDiffers } from './system/localstack.ts';

export const differences: Differences = {
  rules: { differs: rulesDiffer, notApplicable: { ...embeddedOnly, ...localstackCannotTell } },
  system: { differs: systemDiffers, notApplicable: {} },
};
