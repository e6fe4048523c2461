// A Lambda function as a step of a deployment: CloudFormation invokes it and waits for the answer at ResponseURL.
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { log } from './logging.ts';
import { inRequest } from './request-context.ts';

/**
 * Runs `step` when the resource is created or updated, never when it is deleted; `step` must be safe to run again.
 * The answer is sent whatever becomes of the step. Only a function that is killed sends none: CloudFormation waits for as long as the resource's
 * `ServiceTimeout` says.
 */
export const deployStep =
  (physicalId: string, step: (properties: Record<string, unknown>) => Promise<void>) =>
  (event: CloudFormationCustomResourceEvent): Promise<void> =>
    inRequest({ requestId: event.RequestId }, async () => {
      const outcome = event.RequestType === 'Delete' ? { Status: 'SUCCESS' } : await run(() => step(event.ResourceProperties));
      const { StackId, RequestId, LogicalResourceId } = event;
      const response = await fetch(event.ResponseURL, {
        method: 'PUT',
        // The address is signed, in some regions for an answer without a type; `fetch` would give it one.
        headers: { 'content-type': '' },
        body: JSON.stringify({ ...outcome, PhysicalResourceId: physicalId, StackId, RequestId, LogicalResourceId }),
      });
      if (!response.ok) throw new Error(`CloudFormation refused the answer: ${response.status} ${await response.text()}`);
    });

async function run(step: () => Promise<void>): Promise<{ Status: string; Reason?: string }> {
  try {
    await step();
    return { Status: 'SUCCESS' };
  } catch (error) {
    log.error('deployment step failed', error as Error);
    return { Status: 'FAILED', Reason: String(error).slice(0, 1000) };
  }
}
