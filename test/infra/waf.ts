// Reads the rules of a web ACL as AWS WAF does, as far as ours go: which rule refuses a request, and how.
import { posix } from 'node:path';

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of body that the firewall is given; more than 16 KiB are cut off and known to be more. */
  readonly body?: number;
  /** Set by managed rules, which only AWS knows. */
  readonly labels?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
type Json = any;

const SEEN_OF_BODY = 16 * 1024;

const fieldOf = (field: Json, { method = 'GET', path, headers = {} }: Sent): string | undefined => {
  if (field.Method) return method;
  if (field.UriPath) return path;
  if (field.SingleHeader) return headers[field.SingleHeader.Name];
  throw new Error(`not read here: ${JSON.stringify(field)}`);
};

const transformations: Readonly<Record<string, (text: string) => string>> = {
  NONE: (text) => text,
  URL_DECODE: decodeURIComponent,
  NORMALIZE_PATH: posix.normalize,
};

const kinds: Readonly<Record<string, (statement: Json, sent: Sent) => boolean>> = {
  AndStatement: ({ Statements }, sent) => atLeastTwo(Statements).every((each: Json) => matches(each, sent)),
  OrStatement: ({ Statements }, sent) => atLeastTwo(Statements).some((each: Json) => matches(each, sent)),
  NotStatement: ({ Statement }, sent) => !matches(Statement, sent),
  LabelMatchStatement: ({ Key }, { labels = [] }) => labels.includes(Key),
  RegexMatchStatement: ({ FieldToMatch, RegexString, TextTransformations }, sent) => {
    const value = fieldOf(FieldToMatch, sent);
    const transformed = TextTransformations.reduce(
      (text: string | undefined, { Type }: Json) => text && transformations[Type]?.(text),
      value,
    );
    return transformed !== undefined && new RegExp(RegexString).test(transformed);
  },
  SizeConstraintStatement: ({ FieldToMatch, ComparisonOperator, Size }, { body = 0 }) => {
    if (ComparisonOperator !== 'GT') throw new Error(`not read here: ${ComparisonOperator}`);
    return body > SEEN_OF_BODY ? FieldToMatch.Body.OversizeHandling === 'MATCH' : body > Size;
  },
  // Rates need time, and managed groups are AWS's own.
  RateBasedStatement: () => false,
  ManagedRuleGroupStatement: () => false,
};

/** AWS WAF refuses a web ACL in which one statement stands alone in `and` or `or`. */
function atLeastTwo(statements: Json[]): Json[] {
  if (statements.length < 2) throw new Error('one statement alone');
  return statements;
}

function matches(statement: Json, sent: Sent): boolean {
  const [[kind, inner] = []] = Object.entries(statement);
  const read = kinds[kind ?? ''];
  if (!read) throw new Error(`not read here: ${kind}`);
  return read(inner, sent);
}

/** Name and status of the rule that refuses the request; undefined where it is let in. A rule that counts lets it go on, one that allows ends it. */
export function endedBy(rules: readonly Json[], sent: Sent): string | undefined {
  const rule = [...rules]
    .sort((a, b) => a.Priority - b.Priority)
    .find(({ Statement, Action }) => Action && !Action.Count && matches(Statement, sent));
  if (!rule || rule.Action.Allow) return undefined;
  if (!rule.Action.Block) throw new Error(`not read here: ${JSON.stringify(rule.Action)}`);
  return `${rule.Name} ${rule.Action.Block.CustomResponse?.ResponseCode ?? 403}`;
}
