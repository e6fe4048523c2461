// From a running emulator to the deployed stage: bootstrap where it was not done, deploy, and what the emulator leaves undone.
import { join } from 'node:path';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Phases } from '../phases.ts';
import { cdklocal, emulatorClient } from './cdklocal.ts';
import { leadFunctionUrlsTo } from './function-urls.ts';
import { serveNewest } from './rest-stage.ts';

export interface DeploymentOptions {
  readonly emulatorUrl: string;
  /** Folder of the assembly. */
  readonly assembly: string;
  /** Folder for what cdklocal says. */
  readonly logDir: string;
  readonly phases: Phases;
}

const ACCOUNT = '000000000000';
const REGION = 'us-east-1';

/** Safe to run again: what has not changed stays. */
export async function deployTo({ emulatorUrl, assembly, logDir, phases }: DeploymentOptions): Promise<void> {
  const logFile = (step: string) => join(logDir, `cdklocal-${step}.log`);
  if (!(await isBootstrapped(emulatorUrl)))
    await phases.run('bootstrap', () =>
      cdklocal(['bootstrap', `aws://${ACCOUNT}/${REGION}`], { emulatorUrl, logFile: logFile('bootstrap') }),
    );
  await phases.run('deploy', async () => {
    const args = ['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--output', assembly];
    await cdklocal(args, { emulatorUrl, logFile: logFile('deploy') });
    const [api, lambda] = [new APIGatewayClient(emulatorClient(emulatorUrl)), new LambdaClient(emulatorClient(emulatorUrl))];
    try {
      await serveNewest(api, 'stackyard-localstack', 'localstack');
      await leadFunctionUrlsTo(emulatorUrl, lambda);
    } finally {
      api.destroy();
      lambda.destroy();
    }
  });
}

async function isBootstrapped(emulatorUrl: string): Promise<boolean> {
  const client = new CloudFormationClient(emulatorClient(emulatorUrl));
  try {
    await client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
