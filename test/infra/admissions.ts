// Reads whom resources of a template let in: trust policies of roles, policies of queues, buckets, keys, topics, secrets and whatever else has one,
// and permissions of functions.
import type { Template } from 'aws-cdk-lib/assertions';
import { type Json, listOf, textOf } from './policies.ts';

/** Who may do one thing with a resource. */
export interface Admission {
  /** Logical id of the resource, or of the policy that is laid upon it. */
  readonly holder: string;
  /** `Service:sqs.amazonaws.com`, `AWS:arn:…`, `*` */
  readonly principal: string;
  readonly action: string;
  /** A service asks for this account, or for a resource that is named, and for no other customer of AWS. */
  readonly bounded: boolean;
}

export const admissionsOf = (template: Template): Admission[] =>
  Object.entries(template.toJSON().Resources as Record<string, Json>).flatMap(([holder, { Type, Properties = {} }]) =>
    Type.startsWith('AWS::Lambda::') && Type.endsWith('Permission')
      ? [ofPermission(holder, Properties)]
      : statementsIn(Properties).flatMap((statement) => ofStatement(holder, statement)),
  );

function ofPermission(holder: string, { Principal, Action, SourceArn, SourceAccount }: Json): Admission {
  const principal = String(Principal).endsWith('.amazonaws.com') ? `Service:${Principal}` : textOf(Principal);
  return { holder, principal, action: Action, bounded: SourceArn !== undefined || SourceAccount !== undefined };
}

/** Statements about principals, wherever they stand in a resource. */
function statementsIn(value: Json): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  if (value.Effect && (value.Principal || value.NotPrincipal)) return [value];
  return Object.values(value).flatMap(statementsIn);
}

function ofStatement(holder: string, { Effect, Principal, NotPrincipal, Action, NotAction, Condition = {} }: Json): Admission[] {
  if (Effect !== 'Allow') return [];
  const principals =
    NotPrincipal || typeof Principal === 'string'
      ? ['*']
      : Object.entries(Principal).flatMap(([kind, named]) => listOf(named).map((each) => `${kind}:${textOf(each)}`));
  const actions = NotAction ? ['everything but some'] : listOf(Action);
  const conditions = ['StringEquals', 'ArnEquals', 'ArnLike'].flatMap((operator) => Object.keys(Condition[operator] ?? {}));
  const bounded = conditions.some((key) => /^aws:Source(Arn|Account)$/i.test(key));
  return principals.flatMap((principal) => actions.map((action) => ({ holder, principal, action, bounded })));
}

/** Others than services of AWS, and services that may ask in the name of anybody. Whose functions a service runs in a role, AWS itself knows. */
export const isOpen = ({ principal, action, bounded }: Admission): boolean =>
  !/^Service:[a-z0-9.-]+\.amazonaws\.com$/.test(principal) || !(bounded || action === 'sts:AssumeRole');
