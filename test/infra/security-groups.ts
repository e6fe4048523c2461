// Who may reach whom, read from templates: a line for each rule of their security groups, and one for each kind of resource that stands in a group.
import type { Template } from 'aws-cdk-lib/assertions';
import type { Json } from './policies.ts';

interface Rule {
  readonly GroupId?: unknown;
  readonly CidrIp?: string;
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly SourceSecurityGroupId?: unknown;
  readonly DestinationSecurityGroupId?: unknown;
}

/** CDK's way to write «nothing»: EC2 gives a group without any rule for what goes out one that lets everything out. */
const NOTHING = '255.255.255.255/32';

/** `Functions → Database: tcp 3306` of every rule of that direction, sorted. */
export function ways(template: Template, direction: 'Ingress' | 'Egress'): string[] {
  const groups = template.findResources('AWS::EC2::SecurityGroup');
  const nameOf = (reference: unknown): string => {
    const id = (reference as { 'Fn::GetAtt'?: [string] })?.['Fn::GetAtt']?.[0] ?? '';
    return groups[id]?.Properties.GroupDescription ?? String(reference);
  };
  const inline = Object.values(groups).flatMap(({ Properties }) =>
    ((Properties[`SecurityGroup${direction}`] ?? []) as Rule[]).map((rule) => line(Properties.GroupDescription, rule)),
  );
  const apart = Object.values(template.findResources(`AWS::EC2::SecurityGroup${direction}`)).map(({ Properties }) =>
    line(nameOf(Properties.GroupId), Properties),
  );
  const bounded = [...inline, ...apart].map((way) => way.split(' → ')[0]);
  const unbounded = Object.values(groups)
    .map(({ Properties }) => String(Properties.GroupDescription))
    .filter((group) => direction === 'Egress' && !bounded.includes(group))
    .map((group) => `${group} → 0.0.0.0/0: by default`);
  return [...inline, ...apart, ...unbounded].filter((way) => !way.includes(NOTHING)).sort();

  function line(group: string, { CidrIp, IpProtocol, FromPort, ToPort, ...rule }: Rule): string {
    const other = CidrIp ?? nameOf(rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId);
    const [from, to] = direction === 'Ingress' ? [other, group] : [group, other];
    return `${from} → ${to}: ${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  }
}

/** Properties that name the groups of a resource, which each service spells in its own way. */
const GROUPS = /^(VPC|Vpc)?SecurityGroup(Id)?s$|^GroupSet$/;

/** `AWS::RDS::DBProxy in Database` of whatever stands in a group, and of every function, each line once, sorted. */
export function standing(templates: Readonly<Record<string, Template>>): string[] {
  const all = Object.values(templates);
  const descriptions = new Map(
    all.flatMap((template) =>
      Object.entries(template.findResources('AWS::EC2::SecurityGroup')).map(([id, { Properties }]) => [id, Properties.GroupDescription]),
    ),
  );
  const outputs = Object.assign({}, ...all.map((template) => template.toJSON().Outputs));
  const nameOf = (reference: Json): string => {
    const output = reference['Fn::GetStackOutput']?.OutputName;
    const [id] = (output ? outputs[output]?.Value : reference)?.['Fn::GetAtt'] ?? [];
    return descriptions.get(id) ?? JSON.stringify(reference);
  };
  const lines = all.flatMap((template) =>
    (Object.values(template.toJSON().Resources) as Json[]).flatMap(({ Type, Properties }) => {
      const groups = groupsIn(Properties).map(nameOf);
      return groups.length > 0 || Type === 'AWS::Lambda::Function' ? [`${Type} in ${groups.join(' and ') || 'none'}`] : [];
    }),
  );
  return [...new Set(lines)].sort();
}

const groupsIn = (value: Json): Json[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => (GROUPS.test(name) && Array.isArray(inner) ? inner : groupsIn(inner)))
    : [];
