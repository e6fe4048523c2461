// Statements of AWS WAF's rules, as short as they are thought.
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

export type Statement = CfnWebACL.StatementProperty;

const asItIs = [{ priority: 0, type: 'NONE' }];

/** As the API reads a path: `/%6Frders` is `/orders`. */
const asRead = [
  { priority: 0, type: 'URL_DECODE' },
  { priority: 1, type: 'NORMALIZE_PATH' },
];

export const not = (statement: Statement): Statement => ({ notStatement: { statement } });
export const all = (...statements: Statement[]): Statement => ({ andStatement: { statements } });
export const any = (...statements: Statement[]): Statement => ({ orStatement: { statements } });

/** Set by a rule that came before. */
export const labelled = (key: string): Statement => ({ labelMatchStatement: { scope: 'LABEL', key } });

const matches = (fieldToMatch: CfnWebACL.FieldToMatchProperty, regexString: string, textTransformations = asItIs): Statement => ({
  regexMatchStatement: { fieldToMatch, regexString, textTransformations },
});

export const method = (name: string): Statement => matches({ method: {} }, `^${name}$`);
export const path = (pattern: string): Statement => matches({ uriPath: {} }, pattern, asRead);
export const header = (name: string, pattern: string): Statement => matches({ singleHeader: { Name: name } }, pattern);

/** Of what the firewall is given to see of a body; what goes on beyond that is larger. */
export const bodyLargerThan = (size: number): Statement => ({
  sizeConstraintStatement: {
    fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
    comparisonOperator: 'GT',
    size,
    textTransformations: asItIs,
  },
});
