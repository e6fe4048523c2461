import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { secretsManager } from './aws.ts';

/** The current value of a JSON secret. Throws where it is missing or has another shape. */
export async function readSecret<Shape>(id: string, shape: z.ZodType<Shape>): Promise<Shape> {
  const { SecretString } = await secretsManager().send(new GetSecretValueCommand({ SecretId: id }));
  return shape.parse(JSON.parse(SecretString ?? 'null'));
}
