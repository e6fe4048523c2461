// Tables, and a function that makes the DynamoDB call that its event names.
import type { TemplateResource } from '../../local/assembly/template.ts';
import { nodeFunction } from './fixture.ts';

export const table = (properties: object = {}): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...properties,
  },
});

export const connections = table({ TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true } });

/** Its event is `{ command: 'GetItem', input }`; it answers with the output, or `{ error, message, status }`. */
export const dynamodbFunction = (): TemplateResource =>
  nodeFunction(
    // Lambda has the SDK; a function that runs from a folder of this machine finds the project's.
    `const sdk = '@aws-sdk/client-dynamodb';
    const dynamodb = await import(sdk).catch(() => import(${JSON.stringify(import.meta.resolve('@aws-sdk/client-dynamodb'))}));
    const client = new dynamodb.DynamoDBClient({ maxAttempts: 1 });
    export const handler = async ({ command, input }) => {
      try {
        const { $metadata, ...output } = await client.send(new dynamodb[command + 'Command'](input));
        return output;
      } catch (error) {
        return { error: error.name, message: error.message, status: error.$metadata?.httpStatusCode };
      }
    };`,
    { Timeout: 20 },
  );
