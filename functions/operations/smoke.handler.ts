// CodeDeploy's hook before a new version of any function gets traffic.
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { lambda } from '../shared/aws.ts';
import { env } from '../shared/env.ts';
import { HookEvent, releaseCheck } from './release/check.ts';
import { probes } from './release/probes.ts';

/** Functions of a stage share a prefix, and this is one of them. */
const prefix = env('AWS_LAMBDA_FUNCTION_NAME').replace(/operations-smoke$/, '');

const check = releaseCheck({
  codeDeploy: new CodeDeployClient(),
  lambda: lambda(),
  probes: new Map(Object.entries(probes).map(([entry, event]) => [`${prefix}${entry.replaceAll('/', '-')}`, event])),
});

export const handler = (event: unknown) => check(HookEvent.parse(event));
