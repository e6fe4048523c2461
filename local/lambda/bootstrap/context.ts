// The context object of an event (L8). Node.js 24 has neither `done`, `succeed`, `fail` nor `callbackWaitsForEmptyEventLoop`: they went with callbacks.

export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  /** Text, as on AWS. */
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly clientContext: unknown;
  readonly identity: undefined;
  getRemainingTimeInMillis(): number;
}

/** `deadline` in epoch milliseconds; `clientContext` is JSON text. Variables of a thread are slow to read, so they are read once. */
export function contextOf(env: NodeJS.ProcessEnv, arn: string) {
  const ofFunction = {
    invokedFunctionArn: arn,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
  };
  return (awsRequestId: string, deadline: number, clientContext: string | undefined): InvocationContext => ({
    ...ofFunction,
    awsRequestId,
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    identity: undefined,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}
