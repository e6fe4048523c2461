// What the application cannot do on MiniStack, by the system of the smoke test: it must fail there, so that an end of it is noticed.

export const lacking: Readonly<Record<string, string>> = {
  checkout:
    'an API Gateway integration of type AWS knows functions and SQS: one with Step Functions (`states:action/StartSyncExecution`) is taken for a function that does not exist, and answered 504',
};
