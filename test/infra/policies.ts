// Reads what a template lets whom do: every statement of every policy, and every managed policy.
import type { Template } from 'aws-cdk-lib/assertions';

/** One action on one resource, as text; references as `<LogicalId.Attribute>`. */
export interface Permission {
  /** Logical id of the role or policy. */
  readonly holder: string;
  readonly action: string;
  readonly resource: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
type Json = any;

const listOf = (value: Json): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** What is allowed to roles; refusals take nothing for granted. A managed policy is the action `managed` on its name. */
export function permissionsOf(template: Template): Permission[] {
  return Object.entries(template.toJSON().Resources as Record<string, Json>).flatMap(([holder, { Type, Properties = {} }]) => {
    if (Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy') return ofDocument(holder, Properties.PolicyDocument);
    if (Type !== 'AWS::IAM::Role') return [];
    return [
      ...listOf(Properties.Policies).flatMap(({ PolicyDocument }) => ofDocument(holder, PolicyDocument)),
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

/** More than one thing: by an asterisk in the action or the resource, by exclusion, or by a policy that somebody else writes. */
export const isBroad = ({ action, resource }: Permission): boolean =>
  action === 'managed' || action === 'everything but some' || action.includes('*') || resource.includes('*');

/** References and joins as one line. */
function textOf(value: Json): string {
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
