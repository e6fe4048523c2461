// What becomes of resources that hold data when their stack goes.
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Config } from '../config.ts';

/**
 * They stay, unless the deployment that made them fails: then there is nothing in them, and the next attempt would find their names taken.
 */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

export const removalPolicyOf = ({ retainData }: Pick<Config, 'retainData'>): RemovalPolicy => (retainData ? KEPT : RemovalPolicy.DESTROY);
