// A hand-written template made whole for CloudFormation: code, roles, permissions, log groups that go with the stack, and outputs to read.
import type { Template, TemplateResource } from '../../local/assembly/template.ts';
import { permissionsFor } from './deployed-permissions.ts';
import { logGroupOf, ROLES, rolesFor } from './deployed-roles.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

/** What tests ask of resources beyond their `Ref`. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Arn'],
  'AWS::Lambda::Url': ['FunctionUrl', 'FunctionArn'],
  'AWS::SQS::Queue': ['Arn'],
  'AWS::StepFunctions::StateMachine': ['Arn', 'Name'],
};

export const outputName = (logicalId: string, attribute: string): string => `${logicalId}0${attribute}`;

export function completeTemplate(resources: Resources, bucket: string): Template {
  const whole: Record<string, TemplateResource> = { ...rolesFor(resources), ...permissionsFor(resources) };
  for (const [id, resource] of Object.entries(resources)) {
    whole[id] = { ...resource, Properties: completed(id, resource, bucket) };
    if (resource.Type === 'AWS::Lambda::Function') whole[logGroupOf(id)] = logGroup(resource);
  }
  const outputs = Object.entries(resources).flatMap(([id, { Type }]) =>
    (ATTRIBUTES[Type] ?? []).map((name) => [outputName(id, name), { Value: { 'Fn::GetAtt': [id, name] } }] as const),
  );
  return { Resources: whole, Outputs: Object.fromEntries(outputs) };
}

const roleArn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

function completed(id: string, { Type, Properties = {} }: TemplateResource, bucket: string): Record<string, unknown> {
  switch (Type) {
    case 'AWS::Lambda::Function':
      return {
        ...Properties,
        Code: { ...(Properties.Code as object), S3Bucket: bucket },
        Role: roleArn(ROLES.functions),
        LoggingConfig: { LogGroup: { Ref: logGroupOf(id) } },
      };
    case 'AWS::Lambda::LayerVersion':
      return { ...Properties, Content: { ...(Properties.Content as object), S3Bucket: bucket } };
    case 'AWS::StepFunctions::StateMachine':
      return { ...Properties, RoleArn: roleArn(ROLES.machines) };
    case 'AWS::ApiGateway::Method':
      return { ...withMethodResponses(Properties), Integration: withCredentials(Properties.Integration as Record<string, unknown>) };
    default:
      return { ...Properties };
  }
}

/** A status and headers that an integration sets must be those of the method: without them API Gateway refuses it. */
function withMethodResponses(method: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { IntegrationResponses = [] } = method.Integration as {
    IntegrationResponses?: { StatusCode: string; ResponseParameters?: object }[];
  };
  if (IntegrationResponses.length === 0 || method.MethodResponses) return method;
  const MethodResponses = IntegrationResponses.map(({ StatusCode, ResponseParameters = {} }) => ({
    StatusCode,
    ResponseParameters: Object.fromEntries(Object.keys(ResponseParameters).map((name) => [name, false])),
  }));
  return { ...method, MethodResponses };
}

const withCredentials = (integration: Record<string, unknown>) =>
  integration.Credentials === undefined ? integration : { ...integration, Credentials: roleArn(ROLES.api) };

/** By its usual name where the function has a name of its own, else by one of CloudFormation's. */
function logGroup({ Properties }: TemplateResource): TemplateResource {
  const name = Properties?.FunctionName;
  const LogGroupName = name === undefined ? {} : { LogGroupName: `/aws/lambda/${String(name)}` };
  return { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1, ...LogGroupName } };
}
