// Functions of CDK's own custom resources that cannot run here, because the host has a module in their place.
import type { FunctionDefinition, LambdaFunction } from './registry.ts';

const providers: readonly { readonly logicalId: string; readonly reason: string }[] = [
  {
    logicalId: 'CustomCDKBucketDeployment',
    reason: 'its code is Python; local/resources has a module for Custom::CDKBucketDeployment that copies the files itself',
  },
];

/** By the start of the logical id, to which CDK adds a digest; undefined for any other function. */
export const replacementReason = (logicalId: string): string | undefined =>
  providers.find((provider) => logicalId.startsWith(provider.logicalId))?.reason;

/** Is there for references to its name and ARN, and rejects whatever runs it. */
export function uncallableFunction(definition: FunctionDefinition, reason: string): LambdaFunction {
  const refuse = async (): Promise<never> => {
    throw new Error(`${definition.name} cannot be invoked here: ${reason}`);
  };
  return {
    definition,
    invoke: refuse,
    invokeAsync: refuse,
    warm: async () => undefined,
    rest: async () => undefined,
    setAsynchronousPolicy: () => undefined,
    stop: async () => undefined,
  };
}
