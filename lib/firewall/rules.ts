// The firewall's rules, in the order in which a request meets them: the cheap ones first.
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { largerThan } from './larger-than.ts';
import { commonRules, ipReputation, knownBadInputs } from './managed.ts';
import { otherLimit, ownLimits } from './routes.ts';
import { all, bodyLargerThan, header, method, not, path, type Statement } from './statements.ts';

export type Rule = Omit<CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>;

interface Refusal {
  readonly status: number;
  readonly message: string;
}

const refusals = {
  TooMany: { status: 429, message: 'Too Many Requests' },
  LengthRequired: { status: 411, message: 'The length of the body must be told in a Content-Length header' },
} as const satisfies Record<string, Refusal>;

const tooLarge = (limit: number) => `TooLarge${limit}`;

/** Words of our own answers, in the shape of the APIs. */
export const answers: Readonly<Record<string, Refusal>> = {
  ...refusals,
  ...Object.fromEntries(
    [otherLimit, ...ownLimits.keys()].map((limit) => [
      tooLarge(limit),
      { status: 413, message: `The body must not be larger than ${limit} bytes` },
    ]),
  ),
};

const refuse = (name: string): CfnWebACL.RuleActionProperty => ({
  block: { customResponse: { responseCode: answers[name]?.status ?? 403, customResponseBodyKey: name } },
});

/** Seconds over which requests of an address are counted: the longest but one that AWS WAF has, and what its limits are usually told in. */
const WINDOW = 300;

/** Ten a second over the whole window: a page that looks every second takes a tenth of it. */
const REQUESTS = 3_000;

/** Two a second: carts are filled by hand. */
const CHANGES_OF_MONEY = 600;

const limited = (name: string, limit: number, of?: Statement): Rule => ({
  name,
  action: refuse('TooMany'),
  statement: {
    rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: WINDOW, limit, ...(of ? { scopeDownStatement: of } : {}) },
  },
});

const CONTENT_LENGTH = 'content-length';

const bounded = (limit: number, ...where: Statement[]): Rule => ({
  name: tooLarge(limit),
  action: refuse(tooLarge(limit)),
  statement: all(...where, header(CONTENT_LENGTH, largerThan(limit))),
});

/** Without a length, sent in chunks, nothing says how large a body will be; so it must fit into what the firewall sees of one, 16 KiB. */
const measurable: Rule = {
  name: 'LengthRequired',
  action: refuse('LengthRequired'),
  statement: all(not(header(CONTENT_LENGTH, '^[0-9]+$')), bodyLargerThan(16 * 1024)),
};

/** Functions measure what has come; here it is refused before anything runs. */
const sizes: readonly Rule[] = [
  measurable,
  ...[...ownLimits].map(([limit, paths]) => bounded(limit, path(paths))),
  bounded(otherLimit, ...[...ownLimits.values()].map((paths) => not(path(paths)))),
];

export const rules: readonly Rule[] = [
  limited('Requests', REQUESTS),
  limited('ChangesOfMoney', CHANGES_OF_MONEY, all(method('POST'), path('^/(orders|payment|stock)/'))),
  ipReputation,
  ...sizes,
  knownBadInputs,
  ...commonRules,
];
