// The ways in which the upstream of a test can fail, at one of the jobs that ask it.
import { type Job, jobs } from '../../../functions/cats/routes.ts';

/** What each does, in the words that PUT /faults of scripts/cat-upstream.ts takes too. */
export const faultKinds = {
  '429': 'too many requests, without a word about when to come back',
  '429 in seconds': 'too many requests, Retry-After in seconds',
  '429 at a date': 'too many requests, Retry-After as an HTTP date',
  '401': 'the key is refused',
  '500': 'an error of the server',
  '503': 'not available',
  hang: 'never answers, until released',
  'hang after headers': 'headers and half of the body, the rest never, until released',
  cut: 'the connection ends in the middle of the body that content-length told',
  truncated: 'a whole answer whose JSON ends in the middle',
  html: 'a page instead of JSON, with status 200',
  'not a list': 'the rows inside of an object',
  empty: 'no rows, and a count of none',
  'wrong count': 'fewer rows than pagination-count tells',
  'missing id': 'among good rows some without an id',
  'missing name': 'among good rows some without a name (pictures: without an address)',
  'wrong types': 'among good rows some with texts where numbers belong and the other way round',
  'new fields': 'fields in every row that nobody has heard of',
  duplicates: 'rows that come twice',
  reset: 'the connection is reset before an answer',
  redirect: 'a redirect to another host, where the good answer is',
  'redirect loop': 'a redirect to where it was asked',
  huge: 'good rows without an end in sight',
} as const;
export type FaultKind = keyof typeof faultKinds;

export interface Fault {
  readonly job: Job;
  readonly kind: FaultKind;
  /** Requests that it spoils; without it all of them. */
  readonly times?: number;
  /** Requests of the job that it lets pass first. */
  readonly after?: number;
  /** Of `429 in seconds` and `429 at a date`; 1 unless told. */
  readonly retryAfterSeconds?: number;
}

/** Which job asks for this, if any. */
export function jobOf(path: string, query: string): Job | undefined {
  const parameters = new URLSearchParams(query);
  if (/^\/v1\/breeds(\/|$)/.test(path)) return 'breeds';
  if (/^\/v1\/categories(\/|$)/.test(path)) return 'categories';
  if (path !== '/v1/images/search') return undefined;
  if (parameters.has('breed_ids')) return 'breedImages';
  return parameters.has('category_ids') ? 'categoryImages' : undefined;
}

/** The faults that are left, in the order in which they were asked for. */
export function faultList() {
  let left: { readonly fault: Fault; passing: number; times: number }[] = [];
  return {
    add(fault: Fault): void {
      if (!jobs.includes(fault.job) || !(fault.kind in faultKinds)) throw new Error(`no such fault: ${JSON.stringify(fault)}`);
      left.push({ fault, passing: fault.after ?? 0, times: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear(): void {
      left = [];
    },
    /** The fault of this request, which counts as one of its times. */
    next(job: Job): Fault | undefined {
      const entry = left.find(({ fault, times }) => fault.job === job && times > 0);
      if (!entry) return undefined;
      if (entry.passing > 0) {
        entry.passing--;
        return undefined;
      }
      entry.times--;
      return entry.fault;
    },
  };
}
