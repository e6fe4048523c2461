// Where RULES_TARGET is: LocalStack at AWS_ENDPOINT_URL, or AWS by the credentials, region and profile of the environment.
import { targetOf } from '../support/target.ts';
import type { ClientConfig } from './fixture.ts';

export const onAws = targetOf('rules') === 'aws';

/** Credentials come from the SDK's own chain on AWS; an emulator takes any. */
export function deployedConfig(): ClientConfig {
  if (!onAws) {
    const endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://localhost:4566';
    return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  }
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  if (AWS_ENDPOINT_URL) throw new Error(`RULES_TARGET=aws, but AWS_ENDPOINT_URL is ${AWS_ENDPOINT_URL}: unset it`);
  const region = AWS_REGION ?? AWS_DEFAULT_REGION;
  if (!region) throw new Error('RULES_TARGET=aws needs AWS_REGION');
  return { region };
}

/** By host name, as AWS has it; below `localhost`, which needs no name server. */
export function stageUrl(apiId: string, stage: string): string {
  const { endpoint, region } = deployedConfig();
  if (endpoint === undefined) return `https://${apiId}.execute-api.${region}.amazonaws.com/${stage}`;
  return `http://${apiId}.execute-api.localhost:${new URL(endpoint).port}/${stage}`;
}

/** On everything that a run creates, so that what a killed one left can be found. */
export const TAGS = [{ Key: 'stackyard:purpose', Value: 'rules' }];
