// The key that CloudFormation made for the routes that need one.
import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { emulatorClient } from './cdklocal.ts';

export async function adminKey(emulatorUrl: string): Promise<string> {
  const client = new APIGatewayClient(emulatorClient(emulatorUrl));
  try {
    const { items = [] } = await client.send(new GetApiKeysCommand({ includeValues: true, limit: 500 }));
    const value = items.find(({ name }) => name === 'stackyard-localstack-admin')?.value;
    if (value === undefined) throw new Error('The deployment made no API key: look into the output of cdklocal deploy.');
    return value;
  } finally {
    client.destroy();
  }
}
