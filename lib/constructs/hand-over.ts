// Values that the stacks of an emulator hand to those that the gateway beside it hosts: CDK lets no reference pass between two assemblies.
import { CfnOutput, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';

export const REST_API = 'rest-api';
export const PICTURES_BUCKET = 'pictures-bucket';
/** Where jobs go that cannot be handled. */
export const PICTURE_JOBS_FAILURES = 'picture-jobs-failures';

const exportName = (stage: Stage, name: string) => `stackyard-${stage}-${name}`;

export function handOver(scope: Construct, stage: Stage, name: string, value: string): void {
  new CfnOutput(scope, `HandOver-${name}`, { value, exportName: exportName(stage, name) });
}

export const handedOver = (stage: Stage, name: string): string => Fn.importValue(exportName(stage, name));
