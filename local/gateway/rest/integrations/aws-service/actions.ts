// The actions of AWS services that an `AWS` integration can call, each in process.
import type { Action } from './action.ts';
import { startSyncExecution } from './start-sync-execution.ts';

/** By service and action, as they stand in `arn:aws:apigateway:{region}:{service}:action/{action}`. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'states:action/StartSyncExecution': startSyncExecution,
};

export const supportedActions = Object.keys(ACTIONS);

export function actionOf(uri: string | undefined): Action | undefined {
  const name = /^arn:[^:]+:apigateway:[^:]+:([^:]+:action\/\w+)$/.exec(uri ?? '')?.[1];
  return name !== undefined && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
}
