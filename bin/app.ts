// The CDK app: a stage in (`-c stage=dev`), its stacks out. Further `-c`: transport, zones, alertsEmail, addresses beside an emulator.
import { App } from 'aws-cdk-lib';
import { addressNames, configOf, withEmail } from '../lib/config.ts';
import { addStacks } from '../lib/stacks/index.ts';

const app = new App();
const given = (name: string): string | undefined => app.node.tryGetContext(name);
const addresses = Object.fromEntries(addressNames.flatMap((name) => (given(name) === undefined ? [] : [[name, given(name)]])));
const config = configOf(given('stage') ?? 'dev', given('transport'), addresses, given('zones'));
addStacks(app, withEmail(config, given('alertsEmail')));
app.synth();
