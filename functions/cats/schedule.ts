// The EventBridge rule that fires the synchroniser: it can be turned off, and says whether it is.
import { DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';

export interface Schedule {
  isEnabled(): Promise<boolean>;
  enable(): Promise<void>;
  disable(): Promise<void>;
}

export const schedule = (eventBridge: EventBridgeClient, Name: string): Schedule => ({
  isEnabled: async () => (await eventBridge.send(new DescribeRuleCommand({ Name }))).State !== 'DISABLED',
  enable: async () => void (await eventBridge.send(new EnableRuleCommand({ Name }))),
  disable: async () => void (await eventBridge.send(new DisableRuleCommand({ Name }))),
});
