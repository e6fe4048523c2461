// Rule groups that AWS keeps up to date, and where they would be wrong about us.

import { withBody } from './routes.ts';
import type { Rule } from './rules.ts';
import { all, any, labelled, not, path } from './statements.ts';

const managed = (name: string, counted: readonly string[] = []): Rule => ({
  name,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ...(counted.length > 0 ? { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) } : {}),
    },
  },
});

/** Addresses that AWS sees attacking others. */
export const ipReputation = managed('AWSManagedRulesAmazonIpReputationList');

/** Requests that no honest client sends, such as those of Log4Shell. */
export const knownBadInputs = managed('AWSManagedRulesKnownBadInputsRuleSet');

/** Rules about bodies, with the label of each (AWS WAF Developer Guide, "Baseline rule groups"). */
const aboutBodies = {
  /** More than 8 KiB: every picture. */
  SizeRestrictions_BODY: 'SizeRestrictions_Body',
  /** A message may be about markup, which pages show as text. */
  CrossSiteScripting_BODY: 'CrossSiteScripting_Body',
  /** A message may name an address or a path, and nothing here follows one out of a body. */
  GenericRFI_BODY: 'GenericRFI_Body',
  GenericLFI_BODY: 'GenericLFI_Body',
  EC2MetaDataSSRF_BODY: 'EC2MetaDataSSRF_Body',
} as const;

/**
 * Attacks that are common everywhere. Rules about bodies only label the request; it is refused for a label where no route takes a body.
 * Programs without a User-Agent are welcome: WebSocket clients often send none.
 */
export const commonRules: readonly Rule[] = [
  managed('AWSManagedRulesCommonRuleSet', ['NoUserAgent_HEADER', ...Object.keys(aboutBodies)]),
  {
    name: 'BodiesElsewhere',
    action: { block: {} },
    statement: all(
      not(path(withBody)),
      any(...Object.values(aboutBodies).map((label) => labelled(`awswaf:managed:aws:core-rule-set:${label}`))),
    ),
  },
];
