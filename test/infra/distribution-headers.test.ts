// What browsers are told of every answer at the one address.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configOf } from '../../lib/config.ts';
import { sitePagesCode, viewerHostCode } from '../../lib/edge/code.ts';
import { headersWritten, pageHeaders } from '../../lib/edge/headers.ts';
import { inlineStyleHashes } from '../../lib/edge/inline-styles.ts';
import { runnable } from '../../lib/edge/runtime.ts';
import { site } from '../../lib/edge/site.ts';
import { distributionOf, type HeadersPolicy, headersPolicies, pageContent, unprotected } from './distribution.ts';
import { besideEmulator, synthesized } from './stage.ts';

const stages = ['dev', 'prod', 'minimal', 'local'] as const;
const templates = Object.fromEntries([
  ...stages.map((stage) => [stage, synthesized(stage).console]),
  ['beside the emulator', besideEmulator('localstack').console],
]);

test.each(Object.keys(templates))('every behaviour has all security headers: %s', (stage) => {
  const template = templates[stage];
  expect(unprotected(distributionOf(template), headersPolicies(template))).toEqual([]);
});

test('a behaviour without a policy is found, and so is one whose policy leaves a header to the origin', () => {
  const config = distributionOf(templates.prod);
  const policies = headersPolicies(templates.prod);
  const [first, ...others] = config.CacheBehaviors;
  const bare = { ...first, ResponseHeadersPolicyId: undefined };
  expect(unprotected({ ...config, CacheBehaviors: [bare, ...others] }, policies)).toEqual(['/api/swagger*: no policy']);

  const weakened = ({ SecurityHeadersConfig: { ContentTypeOptions: _, ...rest } }: HeadersPolicy): HeadersPolicy => ({
    SecurityHeadersConfig: { ...rest, FrameOptions: { ...rest.FrameOptions, Override: false } },
  });
  const found = unprotected(config, Object.fromEntries(Object.entries(policies).map(([id, policy]) => [id, weakened(policy)])));
  expect(found).toContain('/ws*: ContentTypeOptions is not set');
  expect(found).toContain('the pages: FrameOptions may be overridden by the origin');
});

/** What a content security policy of a page must not say. CloudFront's limit is of characters. */
function laxities(policy: string): string[] {
  const directives = new Map(policy.split('; ').map((text) => [text.split(' ', 1)[0], text.split(' ').slice(1)]));
  return [
    ...(String(directives.get('default-src')) === "'none'" ? [] : ['what is not named is not forbidden']),
    ...['script-src', 'connect-src']
      .filter((name) => String(directives.get(name)) !== "'self'")
      .map((name) => `${name} is not 'self' alone`),
    ...(/unsafe-|\*/.test(policy) ? ['something unsafe, or anything at all'] : []),
    ...['frame-ancestors', 'base-uri'].filter((name) => String(directives.get(name)) !== "'none'").map((name) => `${name} is not 'none'`),
    ...(policy.length > 1_783 ? ['longer than CloudFront takes'] : []),
  ];
}

test.each(Object.keys(templates))('pages run scripts of their own address only, and cannot be framed: %s', (stage) => {
  expect(laxities(pageContent(templates[stage]))).toEqual([]);
});

test('a policy that lets in more than that is found', () => {
  const good = pageContent(templates.prod);
  const made = (from: string, to: string) => laxities(good.replace(from, to));
  expect(made("default-src 'none'", "default-src 'self'")).toEqual(['what is not named is not forbidden']);
  expect(made("script-src 'self'", "script-src 'self' https://cdn.example")).toEqual(["script-src is not 'self' alone"]);
  expect(made("style-src 'self'", "style-src 'self' 'unsafe-inline'")).toEqual(['something unsafe, or anything at all']);
  expect(made("frame-ancestors 'none'", "frame-ancestors 'self'")).toEqual(["frame-ancestors is not 'none'"]);
  expect(made('img-src', `img-src ${'https://a.example '.repeat(100)}`)).toEqual(['longer than CloudFront takes']);
});

test('pictures of cats come over TLS, except where the edge itself speaks plain HTTP', () => {
  for (const stage of ['dev', 'prod', 'minimal']) expect(pageContent(templates[stage])).toContain("img-src 'self' data: blob: https:;");
  for (const stage of ['local', 'beside the emulator']) expect(pageContent(templates[stage])).toContain("'self' data: blob: https: http:;");
});

test('the answer that a function gives by itself has the headers of the other pages', () => {
  const headers = headersWritten(pageHeaders(site, ['https:']));
  const policy = Object.values(headersPolicies(templates.prod)).find(({ CustomHeadersConfig }) => CustomHeadersConfig);
  expect(headers['content-security-policy']).toBe(pageContent(templates.prod));
  for (const { Header, Value } of policy?.CustomHeadersConfig?.Items ?? []) expect(headers[Header]).toBe(Value);
  const { AccessControlMaxAgeSec } = policy?.SecurityHeadersConfig.StrictTransportSecurity ?? {};
  expect(headers['strict-transport-security']).toBe(`max-age=${AccessControlMaxAgeSec}`);
  const handler = new Function(`${sitePagesCode(site, [], headers)}; return handler`)();
  const answer = handler({ request: { uri: '/nothing', method: 'GET' }, context: { requestId: 'r' } });
  expect(answer).toMatchObject({ statusCode: 404, headers: { 'x-request-id': { value: 'r' }, 'x-frame-options': { value: 'DENY' } } });
});

test('assets of the release before pass to the bucket, pages of it do not', () => {
  const handler = new Function(`${sitePagesCode(site, [], {})}; return handler`)();
  const asked = (uri: string, method = 'GET') => handler({ request: { uri, method }, context: { requestId: 'r' } });
  expect(asked('/assets/of-last-week.js')).toEqual({ uri: '/assets/of-last-week.js', method: 'GET' });
  expect(asked('/assets/of-last-week.js', 'POST')).toMatchObject({ statusCode: 404 });
  expect(asked('/of-last-week')).toMatchObject({ statusCode: 404 });
  expect(asked('/shop/')).toEqual({ uri: '/shop/index.html', method: 'GET' });
});

test.each([
  ['for (const each of []) each();', 'for-of loops'],
  ['const { a } = b;', 'destructuring'],
  ['class A {}', 'class syntax'],
  ['function f(a = 1) {}', 'default arguments'],
])('what the runtime of the edge would refuse when it runs is refused when the app is synthesized: %s', (code, what) => {
  expect(() => runnable(code)).toThrow(what);
});

test('what can be said in the language of the runtime is said so', () => {
  expect(runnable('const f = (a) => a?.b;')).toBe('const f = (a) => a == null ? void 0 : a.b;\n');
});

test('a function that is larger than CloudFront takes is refused when the app is synthesized', () => {
  expect(() => sitePagesCode(site, [], { 'x-long': 'x'.repeat(10_240) })).toThrow(/A CloudFront function may have 10240 bytes/);
});

test('the address that a client came by is written over what it says itself', () => {
  const handler = new Function(`${viewerHostCode()}; return handler`)();
  const forged = { value: 'evil.example', multiValue: [{ value: 'evil.example' }] };
  const { headers } = handler({ request: { headers: { host: { value: 'ours.example' }, 'x-viewer-host': forged } } });
  expect(headers['x-viewer-host']).toEqual({ value: 'ours.example' });
});

test('styles in pages are allowed by their hashes, each once; a script or a handler of events in a page is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stackyard-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (name: string, html: string) => writeFileSync(join(folder, name), html);
  mkdirSync(join(folder, 'below'));
  write('a.html', '<style>p{}</style><script type="module" src="/a.js"></script>');
  write('below/b.html', '<style>p{}</style>');
  // printf 'p{}' | openssl dgst -sha256 -binary | base64
  expect(inlineStyleHashes(folder)).toEqual(["'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"]);
  write('a.html', '<script>1</script>');
  expect(() => inlineStyleHashes(folder)).toThrow('a.html has a script of its own');
  write('a.html', '<p onclick="go()">');
  expect(() => inlineStyleHashes(folder)).toThrow('a.html has a script of its own');
});

test('the stages that were looked at are all that there are', () => {
  expect([...stages, 'localstack'].map((stage) => configOf(stage).stage).sort()).toEqual(['dev', 'local', 'localstack', 'minimal', 'prod']);
});
