// Who is let in by a token: a real issuer on loopback, real signatures, and every way to be wrong.
import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AuthorizerEvent, authorize } from '../../functions/operations/authorize/authorize.ts';
import { keysOf } from '../../functions/operations/authorize/issuer.ts';
import { subjectOf } from '../../functions/operations/authorize/token.ts';
import { AUDIENCE, makeKey, sign, startIssuer } from './issuer-fixture.ts';

const API = 'arn:aws:execute-api:eu-central-1:111122223333:api1234567';
const rsa = await makeKey('rsa', 'RS256');
const curve = await makeKey('curve', 'ES256');
const edwards = await makeKey('edwards', 'EdDSA');
const other = await makeKey('other', 'PS256');
const stranger = await makeKey('rsa', 'RS256');

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let refusals: string[];
let handle: ReturnType<typeof authorize>;

beforeEach(async () => {
  issuer = await startIssuer(rsa, curve, edwards, other);
  refusals = [];
  handle = newEnvironment();
});

afterEach(() => issuer.stop());

function newEnvironment() {
  const expected = { issuer: issuer.url, audience: AUDIENCE };
  const keys = keysOf(expected.issuer);
  return authorize({
    subjectOf: (token) => subjectOf(token, keys, expected, new Date()),
    refused: (why) => refusals.push(why),
  });
}

const asRequest = (token: string): AuthorizerEvent => ({
  type: 'TOKEN',
  authorizationToken: `Bearer ${token}`,
  methodArn: `${API}/prod/POST/orders/create/7`,
});

const asHandshake = (token: string): AuthorizerEvent => ({
  type: 'REQUEST',
  queryStringParameters: { token },
  methodArn: `${API}/ws/$connect`,
});

const statement = (effect: 'Allow' | 'Deny', resource: string) => [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }];

test.each([rsa, curve, edwards])('a good token of the algorithm $alg opens the stage of its API, and nothing else', async (key) => {
  const { principalId, policyDocument } = await handle(asRequest(await sign(key, issuer.url)));
  expect(principalId).toBe('maria');
  expect(policyDocument.Statement).toEqual(statement('Allow', `${API}/prod/*`));
});

test('in a handshake the token is in the query, and the answer is about the handshake alone', async () => {
  const { policyDocument } = await handle(asHandshake(await sign(rsa, issuer.url)));
  expect(policyDocument.Statement).toEqual(statement('Allow', `${API}/ws/$connect`));
});

const withoutKey = (text: object) => Buffer.from(JSON.stringify(text)).toString('base64url');
const soon = () => Math.floor(Date.now() / 1000) + 60;

const wrong: Record<string, () => Promise<string>> = {
  'has expired': () => sign(rsa, issuer.url, {}, { expires: -60 }),
  'is not yet valid': () => sign(rsa, issuer.url, {}, { begins: 60 }),
  'never expires': () => sign(rsa, issuer.url, { exp: undefined }),
  'is about nobody': () => sign(rsa, issuer.url, { sub: undefined }),
  'is for another audience': () => sign(rsa, issuer.url, { aud: 'somebody-else' }),
  'is of another issuer': () => sign(rsa, issuer.url, { iss: 'https://issuer.example' }),
  'is signed by a stranger with the same key id': () => sign(stranger, issuer.url),
  'names a key that the issuer does not have': async () => sign({ ...rsa, kid: 'unknown' }, issuer.url),
  'says that it needs no signature': async () =>
    `${withoutKey({ alg: 'none', kid: 'rsa' })}.${withoutKey({ sub: 'maria', iss: issuer.url, aud: AUDIENCE, exp: soon() })}.`,
  'is signed with the public key as a shared secret': () =>
    new SignJWT({ sub: 'maria', iss: issuer.url, aud: AUDIENCE, exp: soon() })
      .setProtectedHeader({ alg: 'HS256', kid: 'rsa' })
      .sign(new TextEncoder().encode(JSON.stringify(rsa.publicJwk))),
  'is signed by an algorithm that is not on the list': () => sign(other, issuer.url),
  'was changed after it was signed': async () => {
    const [header, , signature] = (await sign(rsa, issuer.url)).split('.');
    return `${header}.${withoutKey({ sub: 'root', iss: issuer.url, aud: AUDIENCE, exp: soon() })}.${signature}`;
  },
  'is no token': async () => 'a.b.c',
  'is empty': async () => '',
};

test.each(Object.keys(wrong))('a token that %s is denied, and not written down', async (why) => {
  const token = (await wrong[why]?.()) ?? '';
  const { policyDocument } = await handle(asRequest(token));
  expect(policyDocument.Statement).toEqual(statement('Deny', `${API}/prod/*`));
  expect(refusals).toEqual([expect.stringMatching(/^ERR_J/)]);
});

test('clocks may differ by 5 s', async () => {
  const { policyDocument } = await handle(asRequest(await sign(rsa, issuer.url, {}, { expires: -3 })));
  expect(policyDocument.Statement).toEqual(statement('Allow', `${API}/prod/*`));
});

test('the issuer is asked once an environment, whatever comes', async () => {
  await Promise.all([handle(asRequest(await sign(rsa, issuer.url))), handle(asRequest(await sign(curve, issuer.url)))]);
  await handle(asHandshake(await sign(edwards, issuer.url)));
  for (const kid of ['made-up-1', 'made-up-2']) await handle(asRequest(await sign({ ...rsa, kid }, issuer.url)));
  expect(issuer.asked).toEqual({ discovery: 1, keys: 1 });
});

test('a new environment knows the keys that the issuer has by then', async () => {
  await handle(asRequest(await sign(rsa, issuer.url)));
  const next = await makeKey('next', 'ES256');
  issuer.publish(next);
  handle = newEnvironment();
  const { principalId } = await handle(asRequest(await sign(next, issuer.url)));
  expect(principalId).toBe('maria');
});

test('an issuer that is down is no answer about the token, and the next request asks again', async () => {
  const token = await sign(rsa, issuer.url);
  issuer.fail(true);
  await expect(handle(asRequest(token))).rejects.toThrow("the issuer's discovery document: 503");
  expect(refusals).toEqual([]);
  issuer.fail(false);
  expect((await handle(asRequest(token))).principalId).toBe('maria');
});

test('a discovery document of somebody else is not believed', async () => {
  const expected = { issuer: `${issuer.url}/`, audience: AUDIENCE };
  const handleOther = authorize({
    subjectOf: (token) => subjectOf(token, keysOf(expected.issuer), expected, new Date()),
    refused: (why) => refusals.push(why),
  });
  await expect(handleOther(asRequest(await sign(rsa, expected.issuer)))).rejects.toThrow('the discovery document is of');
});
