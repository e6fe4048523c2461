// The CDK app: a stage in (`-c stage=dev`), its stacks out.
import { App } from 'aws-cdk-lib';
import { configOf } from '../lib/config.ts';
import { addStacks } from '../lib/stacks/index.ts';

const app = new App();
addStacks(app, configOf(app.node.tryGetContext('stage') ?? 'dev', app.node.tryGetContext('transport')));
app.synth();
