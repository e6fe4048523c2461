// A function that an emulator runs, invoked by Lambda's API as if it were one of this host's.
import { type FunctionConfiguration, InvokeCommand, type LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { type LambdaFunction, TooManyRequests } from '../lambda/registry.ts';

const text = new TextDecoder();

export function remoteFunction(client: LambdaClient, configuration: FunctionConfiguration): LambdaFunction {
  const { FunctionName: name = '', FunctionArn: arn = '', Handler: handler = '', Timeout = 3, MemorySize = 128 } = configuration;
  const invoke = (type: 'RequestResponse' | 'Event', payload: string) =>
    client.send(new InvokeCommand({ FunctionName: name, InvocationType: type, Payload: payload })).catch((error: unknown) => {
      throw error instanceof TooManyRequestsException ? new TooManyRequests() : error;
    });
  return {
    definition: { name, arn, handler, codeDir: '', layerDirs: [], environment: {}, timeoutSeconds: Timeout, memoryMb: MemorySize },
    async invoke(payload) {
      const { Payload, FunctionError, $metadata } = await invoke('RequestResponse', payload);
      return {
        requestId: $metadata.requestId ?? '',
        payload: text.decode(Payload),
        ...(FunctionError === undefined ? {} : { functionError: 'Unhandled' as const }),
      };
    },
    async invokeAsync(payload) {
      await invoke('Event', payload);
    },
    // Its environments are the emulator's to keep.
    warm: async () => {},
    rest: async () => {},
    setAsynchronousPolicy: () => {},
    stop: async () => {},
  };
}
