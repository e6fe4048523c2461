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

/** `deadline` in epoch milliseconds; `clientContext` is JSON text. */
export function invocationContext(
  env: NodeJS.ProcessEnv,
  arn: string,
  requestId: string,
  deadline: number,
  clientContext: string | undefined,
): InvocationContext {
  return {
    clientContext: clientContext === undefined ? undefined : JSON.parse(clientContext),
    identity: undefined,
    invokedFunctionArn: arn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '',
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
  };
}
