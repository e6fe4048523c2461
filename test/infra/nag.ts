// cdk-nag's findings in an app, without those that are accepted.
import { type IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** `rule: path of the resource`, sorted. */
export const findings = (app: IConstruct): string[] =>
  [...findingsOf(new AwsSolutionsChecks(), app), ...findingsOf(new ServerlessChecks(), app)].sort();

function findingsOf(pack: NagPack & IPolicyValidationPlugin, app: IConstruct): string[] {
  return pack
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.flatMap(({ constructPath = '' }) =>
        isAccepted(app, constructPath, ruleName) ? [] : [`${ruleName}: ${constructPath}`],
      ),
    );
}

/**
 * A rule with several findings, `IAM5[Resource::…]`, may be accepted as a whole: the names of findings hold logical ids and whole references,
 * which nobody could keep. cdk-nag 3 knows exact names only. What IAM5 then lets pass, the test of policies reads statement by statement.
 */
function isAccepted(app: IConstruct, path: string, rule: string): boolean {
  const whole = rule.replace(/\[.*\]$/s, '');
  let node: IConstruct | undefined = path.split('/').reduce<IConstruct>((parent, id) => parent.node.findChild(id), app);
  while (node) {
    const ids = node.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data).map((id) => id.replace(/^annotation::/i, '')));
    if (ids.includes(whole)) return true;
    node = node.node.scope;
  }
  return false;
}
