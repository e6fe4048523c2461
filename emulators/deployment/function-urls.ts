// MiniStack gives function URLs the names that AWS gives them, which lead to AWS and not to it: functions get the form that it answers.
import {
  type FunctionConfiguration,
  type LambdaClient,
  paginateListFunctions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

const AWS_FORM = /^https:\/\/([a-z0-9]{32})\.lambda-url\.[a-z0-9-]+\.on\.aws/;

/** Rewrites them where they are variables of functions; nothing where the emulator's function URLs are its own. */
export async function leadFunctionUrlsTo(emulatorUrl: string, client: LambdaClient): Promise<void> {
  for await (const { Functions = [] } of paginateListFunctions({ client }, {}))
    for (const configuration of Functions) await lead(configuration, emulatorUrl, client);
}

async function lead({ FunctionName, Environment }: FunctionConfiguration, emulatorUrl: string, client: LambdaClient): Promise<void> {
  const variables = Object.entries(Environment?.Variables ?? {});
  if (!variables.some(([, value]) => AWS_FORM.test(value))) return;
  const Variables = Object.fromEntries(
    variables.map(([name, value]) => [name, value.replace(AWS_FORM, `${emulatorUrl}/_aws/lambda-url/$1`)]),
  );
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
}
