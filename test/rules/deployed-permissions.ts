// Who may call the functions of a hand-written template, which does not say it: its APIs, its rules, and everybody by URL.
import type { TemplateResource } from '../../local/assembly/template.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const permission = (FunctionName: unknown, Principal: string, more: object): TemplateResource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName, Principal, ...more },
});

const ofType = (resources: Resources, type: string) =>
  Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => (Type === type ? [{ id, Properties }] : []));

export function permissionsFor(resources: Resources): Record<string, TemplateResource> {
  const permissions: Record<string, TemplateResource> = {};
  const add = (given: TemplateResource) => {
    permissions[`FixturePermission${Object.keys(permissions).length}`] = given;
  };
  for (const api of ofType(resources, 'AWS::ApiGateway::RestApi')) {
    const SourceArn = { 'Fn::Sub': `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${api.id}}/*` };
    for (const { id } of ofType(resources, 'AWS::Lambda::Function')) {
      add(permission({ 'Fn::GetAtt': [id, 'Arn'] }, 'apigateway.amazonaws.com', { SourceArn }));
    }
  }
  for (const { id, Properties } of ofType(resources, 'AWS::Events::Rule')) {
    for (const { Arn } of Properties.Targets as { Arn: unknown }[]) {
      add(permission(Arn, 'events.amazonaws.com', { SourceArn: { 'Fn::GetAtt': [id, 'Arn'] } }));
    }
  }
  for (const { TargetFunctionArn } of ofType(resources, 'AWS::Lambda::Url').map(({ Properties }) => Properties)) {
    // Since October 2025 a URL that is open to all needs both.
    add(permission(TargetFunctionArn, '*', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' }));
    add(permission(TargetFunctionArn, '*', { InvokedViaFunctionUrl: true }));
  }
  return permissions;
}
