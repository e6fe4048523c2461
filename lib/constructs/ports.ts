// The ports between the tiers.
import { Port } from 'aws-cdk-lib/aws-ec2';

export const MYSQL = Port.tcp(3306);
export const REDIS = Port.tcp(6379);
/** MSK's port for IAM over TLS. */
export const KAFKA = Port.tcp(9098);
export const HTTPS = Port.tcp(443);
