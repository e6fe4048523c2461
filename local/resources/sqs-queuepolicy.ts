// AWS::SQS::QueuePolicy
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect('AWS::SQS::QueuePolicy', { Queues: reasons.access, PolicyDocument: reasons.access });
