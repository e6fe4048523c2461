// The keys of an OpenID Connect issuer, found by its own discovery document and kept while they are fresh.
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';

/** Milliseconds that the issuer has for an answer. */
const PATIENCE = 3_000;

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * Keys by their id. They are fetched once an environment and again after 10 minutes, or when a token names a key that is not among them, but
 * then at most every 30 s: tokens with made-up key ids cannot make us flood the issuer. Throws what `fetch` throws where the issuer is down.
 */
export function keysOf(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error(`the issuer's discovery document: ${response.status}`);
  const found = Discovery.parse(await response.json());
  if (found.issuer !== issuer) throw new Error(`the discovery document is of ${found.issuer}, not of ${issuer}`);
  return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: PATIENCE, cooldownDuration: 30_000, cacheMaxAge: 600_000 });
}
