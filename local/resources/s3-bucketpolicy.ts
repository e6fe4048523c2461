// AWS::S3::BucketPolicy
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect('AWS::S3::BucketPolicy', { Bucket: reasons.access, PolicyDocument: reasons.access });
