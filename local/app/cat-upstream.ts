// `CAT_API_URL` and `CAT_API_KEY`: which upstream the cats come from, put into the secret where the functions look for it.
import type { SecretStore } from '../services/secrets.ts';

export const UPSTREAM_SECRET = 'stackyard-local/cats/upstream';

/** What a person said; a missing key was not spoken of. */
export interface Upstream {
  readonly url?: string;
  readonly key?: string;
}

/** Throws with a sentence for an address that is none. */
export function upstreamOf({ CAT_API_URL: url, CAT_API_KEY: key }: NodeJS.ProcessEnv): Upstream {
  if (url && !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new Error(`CAT_API_URL takes an http address such as https://api.thecatapi.com/v1, not ${url}`);
  return { ...(url !== undefined && { url }), ...(key !== undefined && { key }) };
}

/** What is said replaces its key of the secret, an empty text empties it; what is not said stays as it was stored. */
export function rememberUpstream(upstream: Upstream, secrets: SecretStore): void {
  if (Object.keys(upstream).length === 0) return;
  const stored = JSON.parse(secrets.get(UPSTREAM_SECRET).current.text) as Upstream;
  secrets.put(UPSTREAM_SECRET, JSON.stringify({ ...stored, ...upstream }));
}
