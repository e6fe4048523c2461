// Step Functions' own API, as far as handlers and scripts call it: StartSyncExecution.
import { AwsError, type ControlApi } from './control-api.ts';
import type { StateMachine } from './state-machines.ts';

interface StartSyncExecution {
  readonly stateMachineArn: string;
  readonly input?: string;
  readonly name?: string;
  readonly includedData?: string;
}

/** Machines come from the template. */
export function statesApi(control: ControlApi, machines: ReadonlyMap<string, StateMachine>): void {
  control.json('AWSStepFunctions', {
    async StartSyncExecution({ stateMachineArn, input = '{}', name, includedData = 'ALL_DATA' }: StartSyncExecution) {
      const machine = machines.get(stateMachineArn);
      if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
      if (includedData !== 'ALL_DATA')
        throw new AwsError('ValidationException', `includedData ${includedData} is not supported here, only ALL_DATA`);
      return machine.startSync(input, name);
    },
  });
}
