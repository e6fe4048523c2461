// Which resource answers (R5–R8, R15).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureHost, hostFixture, refusal } from './fixture.ts';
import { message, send } from './raw-http.ts';
import { echo, restApiTemplate } from './rest-template.ts';

const routes = {
  'GET /': 'Echo',
  'GET /things': 'Echo',
  'GET /things/special': 'Echo',
  'ANY /things/{proxy+}': 'Echo',
  'GET /parts/special': 'Echo',
  'GET /parts/{id}': 'Echo',
  'GET /parts/{id}/inner': 'Echo',
  'ANY /any': 'Echo',
  'GET /any': 'Echo',
};

let fixture: FixtureHost;
beforeAll(async () => {
  fixture = await hostFixture({ Echo: echo, ...restApiTemplate(routes) });
});
afterAll(() => fixture.stop());

async function routed(path: string, method = 'GET', headers: readonly string[] = [], url = fixture.url) {
  const answer = await send(url, path, { method, headers });
  const event = answer.status === 200 && answer.body !== '' ? JSON.parse(answer.body) : {};
  return { ...answer, resource: event.resource, path: event.path, parameters: event.pathParameters };
}

describe('routing', () => {
  it('R5: keeps a trailing slash in the path and ignores it for the route', async () => {
    expect(await routed('/things/')).toMatchObject({ resource: '/things', path: '/things/' });
    expect(await routed('/parts/7/')).toMatchObject({ resource: '/parts/{id}', path: '/parts/7/', parameters: { id: '7' } });
  });

  it('R5: drops it from a greedy parameter, where inner double slashes stay', async () => {
    expect(await routed('/things/a/b/')).toMatchObject({
      resource: '/things/{proxy+}',
      path: '/things/a/b/',
      parameters: { proxy: 'a/b' },
    });
    expect(await routed('/things/a//b')).toMatchObject({
      resource: '/things/{proxy+}',
      path: '/things/a//b',
      parameters: { proxy: 'a//b' },
    });
  });

  it('R6: prefers a literal segment to a parameter, and to a greedy one', async () => {
    expect(await routed('/parts/special')).toMatchObject({ resource: '/parts/special', parameters: null });
    expect(await routed('/parts/7')).toMatchObject({ resource: '/parts/{id}', parameters: { id: '7' } });
    expect(await routed('/parts/special/inner')).toMatchObject({ resource: '/parts/{id}/inner', parameters: { id: 'special' } });
    expect(await routed('/things/special')).toMatchObject({ resource: '/things/special', parameters: null });
    expect(await routed('/things/special/inner')).toMatchObject({ resource: '/things/{proxy+}', parameters: { proxy: 'special/inner' } });
  });

  it('R6: falls through to a greedy sibling that has the verb', async () => {
    expect(await routed('/things/special', 'DELETE')).toMatchObject({ resource: '/things/{proxy+}', parameters: { proxy: 'special' } });
  });

  it('R6: needs at least one segment for a greedy parameter', async () => {
    expect(await routed('/things', 'POST')).toMatchObject({ status: 403 });
  });

  it.each([
    ['{id}', '{name}'],
    ['{id}', '{proxy+}'],
    ['{proxy+}', '{id}'],
  ])('R6: %s and %s below one path are refused', async (one, other) => {
    const both = restApiTemplate({ [`GET /things/${one}`]: 'Echo', [`GET /things/${other}`]: 'Echo' });
    await expect(hostFixture({ Echo: echo, ...both })).rejects.toThrow(refusal('only one is allowed'));
  });

  it('R7: answers an unknown path and an unknown method with 403 Missing Authentication Token', async () => {
    for (const [path, method] of [
      ['/nothing', 'GET'],
      ['/things', 'DELETE'],
      ['/any/more', 'GET'],
    ] as const) {
      const answer = await routed(path, method);
      expect(answer).toMatchObject({ status: 403, body: message('Missing Authentication Token') });
      expect(answer.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    }
  });

  it('R7: says it without a space', async () => {
    expect((await routed('/nothing')).body).toBe('{"message":"Missing Authentication Token"}');
  });

  it('R8: serves seven methods by ANY, and no others', async () => {
    for (const method of ['DELETE', 'GET', 'OPTIONS', 'PATCH', 'POST', 'PUT'])
      expect(await routed('/any', method)).toMatchObject({ status: 200, resource: '/any' });
    expect(await routed('/any', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await routed('/any', 'PROPFIND')).toMatchObject({ status: 403 });
  });

  it('R8: does not serve HEAD by GET', async () => {
    expect(await routed('/things/special', 'GET')).toMatchObject({ status: 200 });
    expect(await routed('/things', 'HEAD')).toMatchObject({ status: 403 });
  });

  /** Without the stage that belongs to `fixture.url`. */
  const bare = (path: string, host: string) => routed(path, 'GET', ['Host', host], new URL(fixture.url).origin);
  const named = (path: string) => bare(path, `${fixture.ref('Api')}.execute-api.${fixture.region}.amazonaws.com`);

  it('R15: finds the API by Host and the stage by the path, and keeps the stage out of it', async () => {
    expect(await named('/live/parts/7?x=1')).toMatchObject({ resource: '/parts/{id}', path: '/parts/7' });
  });

  it('R15: takes the stage alone for the root', async () => {
    expect(await named('/live')).toMatchObject({ resource: '/', path: '/' });
  });

  it('R15: finds API and stage by both path forms', async () => {
    const id = fixture.ref('Api');
    for (const path of [`/restapis/${id}/live/_user_request_`, `/_aws/execute-api/${id}/live`]) {
      expect(await bare(`${path}/parts/7?x=1`, 'localhost')).toMatchObject({ resource: '/parts/{id}', path: '/parts/7' });
      expect(await bare(`${path}/`, 'localhost')).toMatchObject({ resource: '/', path: '/' });
    }
  });

  it('R15: finds the only API by its stage, or by nothing', async () => {
    expect(await bare('/live/parts/7', 'localhost')).toMatchObject({ resource: '/parts/{id}', path: '/parts/7' });
    expect(await bare('/live', 'localhost')).toMatchObject({ resource: '/', path: '/' });
    expect(await bare('/parts/7', 'localhost')).toMatchObject({ resource: '/parts/{id}', path: '/parts/7' });
  });

  it('R15: refuses a stage that the API does not have', async () => {
    expect(await named('/other/things')).toMatchObject({ status: 403, body: message('Forbidden') });
  });

  it('R15: refuses it in a path form, too', async () => {
    expect(await bare(`/restapis/${fixture.ref('Api')}/other/_user_request_/things`, 'localhost')).toMatchObject({
      status: 403,
      body: message('Forbidden'),
    });
  });
});
