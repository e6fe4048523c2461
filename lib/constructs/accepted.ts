// Findings of cdk-nag, and of CDK's own check, that are right and stay, each with its reason, beside the resource that they are about.
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export interface Finding {
  /** As it is printed: `AwsSolutions-RDS11`, or `AwsSolutions-IAM5[Resource::*]` where a rule has several findings. */
  readonly id: `AwsSolutions-${string}` | `Serverless-${string}` | `CloudFormation-Validate::${string}`;
  readonly reason: string;
}

/** A reason shorter than this says no more than the rule's name. */
const SHORTEST_REASON = 20;

/** For the construct and everything in it. Throws where the reason is none. */
export function accept(construct: IConstruct, ...findings: readonly Finding[]): void {
  for (const { id, reason } of findings)
    if (reason.trim().length < SHORTEST_REASON) throw new Error(`${construct.node.path}: ${id} is accepted without a reason`);
  Validations.of(construct).acknowledge(...findings);
}
