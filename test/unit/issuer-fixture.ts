// An OpenID Connect issuer on loopback, with real keys, that counts what it is asked.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'stackyard';

interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: object;
}

export async function makeKey(kid: string, alg: 'RS256' | 'ES256' | 'EdDSA' | 'PS256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export async function startIssuer(...published: Key[]) {
  const asked = { discovery: 0, keys: 0 };
  let broken = false;
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    asked[isDiscovery ? 'discovery' : 'keys'] += 1;
    const body = isDiscovery ? { issuer, jwks_uri: `${issuer}/keys` } : { keys: published.map(({ publicJwk }) => publicJwk) };
    response.writeHead(broken ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    publish: (key: Key) => published.push(key),
    fail: (yes: boolean) => {
      broken = yes;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A token as the issuer makes them, changed. Times are seconds from now. */
export function sign(key: Key, issuer: string, claims: Record<string, unknown> = {}, { expires = 60, begins = -1 } = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ sub: 'maria', iss: issuer, aud: AUDIENCE, exp: now + expires, nbf: now + begins, ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid })
    .sign(key.privateKey);
}
