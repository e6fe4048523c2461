// Functions with a URL, for the tests of what passes there.
import type { TemplateResource } from '../../local/assembly/template.ts';
import { nodeFunction } from './fixture.ts';

export const urlOf = (logicalId: string, properties: object = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Url',
  Properties: { AuthType: 'NONE', TargetFunctionArn: { 'Fn::GetAtt': [logicalId, 'Arn'] }, ...properties },
});

/** Answers with its event, in the body of a whole answer. */
export const echo = nodeFunction('export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });');
