// Which upstream a run asks.
import ky from 'ky';
import * as z from 'zod';
import type { UpstreamKind } from '../routes.ts';
import type { UpstreamAddress } from './client.ts';

/** What the secret holds. `url`: ask this one, and no other. */
export const UpstreamSecret = z.object({
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  key: z.string().default(''),
});
export type UpstreamSecret = z.infer<typeof UpstreamSecret>;

const THECATAPI = 'https://api.thecatapi.com/v1';
const REACH_MS = 3_000;

export interface Choice {
  readonly secret: UpstreamSecret;
  /** Undefined where this stage has no stub. */
  readonly stubUrl: string | undefined;
  /** Where the published rows came from; null before the first good run. */
  readonly published: UpstreamKind | null;
  readonly isReachable: (url: string) => Promise<boolean>;
}

/**
 * A configured upstream always; thecatapi.com where there is a key for it and it can be reached; else the stub. The stub never takes the place of
 * what another upstream gave: an outage leaves the old rows as they are. Throws a sentence for people where there is none to ask.
 */
export async function chosenUpstream({ secret: { url, key }, stubUrl, published, isReachable }: Choice): Promise<UpstreamAddress> {
  if (url !== '') return { kind: 'configured', url: withoutSlash(url), key };
  const real: UpstreamAddress = { kind: 'thecatapi', url: THECATAPI, key };
  if (stubUrl === undefined) return real;
  const why =
    key === '' ? 'there is no key for thecatapi.com' : (await isReachable(THECATAPI)) ? undefined : 'thecatapi.com cannot be reached';
  if (why === undefined) return real;
  if (published !== null && published !== 'stub') throw new Error(`${why}, and the stub does not replace what ${published} gave`);
  return { kind: 'stub', url: `${withoutSlash(stubUrl)}/v1`, key: '' };
}

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

/** Any answer at all, within 3 s: that it is a good one is for the run to find out. */
export const answers = (url: string): Promise<boolean> =>
  ky.head(`${url}/breeds?limit=1`, { timeout: REACH_MS, retry: 0, throwHttpErrors: false }).then(
    () => true,
    () => false,
  );
