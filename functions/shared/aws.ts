// One client an environment and service: connections are kept alive between events.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';

const once = <Client>(make: () => Client) => {
  let client: Client | undefined;
  return () => {
    client ??= make();
    return client;
  };
};

export const dynamodb = /* @__PURE__ */ once(() => new DynamoDBClient());
export const eventBridge = /* @__PURE__ */ once(() => new EventBridgeClient());
export const lambda = /* @__PURE__ */ once(() => new LambdaClient());
export const s3 = /* @__PURE__ */ once(() => new S3Client());
export const sqs = /* @__PURE__ */ once(() => new SQSClient());
export const secretsManager = /* @__PURE__ */ once(() => new SecretsManagerClient());
