// Reads what a template lets its own identities do: every statement of every policy, and every managed policy.
import type { Template } from 'aws-cdk-lib/assertions';

/** One action on one resource, as text; references as `<LogicalId.Attribute>`. */
export interface Permission {
  /** Logical id of the role or policy. */
  readonly holder: string;
  readonly action: string;
  readonly resource: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
export type Json = any;

export const listOf = (value: Json): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** What is allowed to roles, users and groups; refusals take nothing for granted. A managed policy is the action `managed` on its name. */
export function permissionsOf(template: Template): Permission[] {
  return Object.entries(template.toJSON().Resources as Record<string, Json>).flatMap(([holder, { Type, Properties = {} }]) => {
    if (!Type.startsWith('AWS::IAM::')) return [];
    const documents = [...listOf(Properties.PolicyDocument), ...listOf(Properties.Policies).map(({ PolicyDocument }) => PolicyDocument)];
    return [
      ...documents.flatMap((document) => ofDocument(holder, document)),
      ...listOf(Properties.ManagedPolicyArns).map((arn) => ({ holder, action: 'managed', resource: textOf(arn) })),
    ];
  });
}

const ofDocument = (holder: string, { Statement }: Json): Permission[] =>
  listOf(Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, NotAction, Resource, NotResource }) => {
      if (NotAction || NotResource) return [{ holder, action: 'everything but some', resource: 'everything but some' }];
      return listOf(Action).flatMap((action: string) =>
        listOf(Resource).map((resource) => ({ holder, action, resource: textOf(resource) })),
      );
    });

/** More than one thing: by a wildcard of IAM in the action or the resource, by exclusion, or by a policy that somebody else writes. */
export const isBroad = ({ action, resource }: Permission): boolean =>
  action === 'managed' || action === 'everything but some' || /[*?]/.test(action) || /[*?]/.test(resource);

/** Names of the functions that a role, or a policy of roles, is about. */
export function functionsOf(template: Template, holder: string): string[] {
  const { Type, Properties } = template.toJSON().Resources[holder];
  const roles = Type === 'AWS::IAM::Role' ? [holder] : listOf(Properties.Roles).map(({ Ref }) => Ref);
  return Object.values(template.findResources('AWS::Lambda::Function')).flatMap(({ Properties: { FunctionName, Role } }) =>
    roles.includes(Role['Fn::GetAtt'][0]) ? [FunctionName] : [],
  );
}

/** Roles whose functions may do something with network interfaces that their own code is not refused. */
export function openToCode(template: Template): string[] {
  const allowed = Map.groupBy(
    permissionsOf(template).filter(({ action, resource }) => action.startsWith('ec2:') && resource === '*'),
    ({ holder }) => holder,
  );
  return [...allowed].flatMap(([holder, permissions]) => {
    const statements = listOf(template.toJSON().Resources[holder].Properties.Policies).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
    const refused = functionsOf(template, holder).map((name) =>
      statements.flatMap(({ Effect, Action, Resource, Condition }) =>
        Effect === 'Deny' &&
        Resource === '*' &&
        textOf(Condition?.ArnEquals?.['lambda:SourceFunctionArn'] ?? '').endsWith(`:function:${name}`)
          ? listOf(Action)
          : [],
      ),
    );
    return refused.length > 0 && refused.every((actions) => permissions.every(({ action }) => actions.includes(action))) ? [] : [holder];
  });
}

/** References and joins as one line. */
export function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value) as [string, Json][];
  switch (name) {
    case 'Ref':
      return `<${argument}>`;
    case 'Fn::GetAtt':
      return `<${listOf(argument).join('.')}>`;
    case 'Fn::Join':
      return argument[1].map(textOf).join(argument[0]);
    case 'Fn::Sub':
      return String(Array.isArray(argument) ? argument[0] : argument).replace(/\$\{([^}]+)\}/g, '<$1>');
    case 'Fn::GetStackOutput':
      return `<${argument.StackName}.${argument.OutputName}>`;
    default:
      return JSON.stringify(value);
  }
}
