// Function URLs of MiniStack: functions that know another one's address reach it.
import { CreateFunctionUrlConfigCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { leadFunctionUrlsTo } from '../../emulators/deployment/function-urls.ts';
import { startMiniStack } from '../../emulators/ministack/start.ts';
import { clientOf, deployFunction, started } from './emulator-fixture.ts';

const ECHO = 'export const handler = async ({ rawPath }) => ({ statusCode: 200, body: rawPath });';
const ASK = "export const handler = async () => (await fetch(process.env.OTHER + 'v1/breeds')).text();";

test('an address in a variable, which has a name at AWS, leads to the function in the emulator', async () => {
  await using run = await started(startMiniStack);
  const lambda = new LambdaClient(clientOf(run.emulator));
  await deployFunction(run.emulator, ECHO);
  const { Functions: [echo] = [] } = await lambda.send(new ListFunctionsCommand());
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: echo?.FunctionName, AuthType: 'NONE' }),
  );
  const ask = await deployFunction(run.emulator, ASK, { variables: { OTHER: FunctionUrl, STAGE: 'any' } });
  expect(new URL(FunctionUrl).hostname).toMatch(/\.on\.aws$/);

  await leadFunctionUrlsTo(run.emulator.url, lambda);

  expect((await ask()).payload).toBe('/v1/breeds');
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand());
  expect(Functions.map(({ Environment }) => Environment?.Variables?.STAGE)).toContain('any');
});
