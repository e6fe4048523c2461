// Asks a new version of a function its probe, and tells CodeDeploy whether it may have traffic.
import { type CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { DB_ERROR } from '../../shared/http/db-error.ts';
import { log } from '../../shared/logging.ts';
import { type NewVersion, newVersions } from './deployment.ts';

export const HookEvent = z.object({ DeploymentId: z.string(), LifecycleEventHookExecutionId: z.string() });

export interface Dependencies {
  readonly codeDeploy: CodeDeployClient;
  readonly lambda: LambdaClient;
  /** Probe by function name. */
  readonly probes: ReadonlyMap<string, object>;
}

/** Always tells CodeDeploy: without an answer a deployment waits for an hour. */
export const releaseCheck =
  ({ codeDeploy, lambda, probes }: Dependencies) =>
  async ({ DeploymentId: deploymentId, LifecycleEventHookExecutionId: lifecycleEventHookExecutionId }: z.infer<typeof HookEvent>) => {
    const answer = (status: 'Succeeded' | 'Failed') =>
      codeDeploy.send(new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId, status }));
    try {
      for (const each of await newVersions(codeDeploy, deploymentId)) await probe(lambda, probes, each);
    } catch (error) {
      log.error('the new version gets no traffic', error as Error);
      await answer('Failed');
      return;
    }
    await answer('Succeeded');
  };

async function probe(lambda: LambdaClient, probes: ReadonlyMap<string, object>, { functionName, version }: NewVersion): Promise<void> {
  const event = probes.get(functionName);
  if (!event) throw new Error(`There is no probe for ${functionName}`);
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Qualifier: version, Payload: JSON.stringify(event) }),
  );
  const answer = Payload?.transformToString() ?? '';
  if (FunctionError || isCrash(answer)) throw new Error(`${functionName}:${version} answered its probe with ${answer.slice(0, 500)}`);
}

const Response = z.object({ statusCode: z.coerce.number(), body: z.string().optional() });

/** What answers no request is right as it is. */
function isCrash(answer: string): boolean {
  const { success, data } = Response.safeParse(JSON.parse(answer || 'null'));
  return success && (data.statusCode >= 500 || data.body === DB_ERROR);
}
