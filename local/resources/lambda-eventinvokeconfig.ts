// AWS::Lambda::EventInvokeConfig: retries of asynchronous events, and where they go when all have failed (L11).
import { physicalName } from './physical-name.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::Lambda::EventInvokeConfig',
  honours: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'],
  ignores: { Qualifier: 'there is one version of each function' },
  refuses({ properties: { DestinationConfig } }) {
    const onFailure = DestinationConfig?.OnFailure?.Destination;
    return [
      ...(DestinationConfig?.OnSuccess ? ['DestinationConfig.OnSuccess: only failed events are sent on here'] : []),
      ...(onFailure && !String(onFailure).startsWith('arn:aws:sqs:')
        ? [`DestinationConfig.OnFailure ${onFailure}: only SQS queues are supported`]
        : []),
    ];
  },
  async create(resource, { functions }) {
    const { DestinationConfig, FunctionName, MaximumEventAgeInSeconds, MaximumRetryAttempts } = resource.properties;
    const fn = functions.find(String(FunctionName));
    if (!fn) throw new Error(`There is no function ${FunctionName} here to configure`);
    fn.setAsynchronousPolicy({
      ...(MaximumRetryAttempts === undefined ? {} : { maximumRetryAttempts: Number(MaximumRetryAttempts) }),
      ...(MaximumEventAgeInSeconds === undefined ? {} : { maximumEventAgeSeconds: Number(MaximumEventAgeInSeconds) }),
      ...(DestinationConfig?.OnFailure ? { onFailure: String(DestinationConfig.OnFailure.Destination) } : {}),
    });
    return { ref: physicalName(resource, 140) };
  },
};
