// Which resource answers (R5–R8, R15).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureHost, hostFixture } from './fixture.ts';
import { send } from './raw-http.ts';
import { echo, restApiTemplate } from './rest-template.ts';

const routes = {
  'GET /': 'Echo',
  'GET /things': 'Echo',
  'GET /things/special': 'Echo',
  'GET /things/{id}': 'Echo',
  'GET /things/{id}/parts': 'Echo',
  'ANY /things/{proxy+}': 'Echo',
  'ANY /any': 'Echo',
  'GET /any': 'Echo',
};

let fixture: FixtureHost;
beforeAll(async () => {
  fixture = await hostFixture({ Echo: echo, ...restApiTemplate(routes) });
});
afterAll(() => fixture.stop());

async function routed(path: string, method = 'GET', headers: readonly string[] = []) {
  const answer = await send(fixture.url, path, { method, headers });
  const event = answer.status === 200 && answer.body !== '' ? JSON.parse(answer.body) : {};
  return { ...answer, resource: event.resource, path: event.path, parameters: event.pathParameters };
}

describe('routing', () => {
  it('R5: keeps a trailing slash in the path and ignores it for the route', async () => {
    expect(await routed('/things/')).toMatchObject({ resource: '/things', path: '/things/' });
    expect(await routed('/things/7/')).toMatchObject({ resource: '/things/{id}', path: '/things/7/', parameters: { id: '7' } });
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

  it('R6: prefers a literal segment to a parameter to a greedy one', async () => {
    expect(await routed('/things/special')).toMatchObject({ resource: '/things/special', parameters: null });
    expect(await routed('/things/7')).toMatchObject({ resource: '/things/{id}', parameters: { id: '7' } });
    expect(await routed('/things/7/parts')).toMatchObject({ resource: '/things/{id}/parts', parameters: { id: '7' } });
    expect(await routed('/things/7/other')).toMatchObject({ resource: '/things/{proxy+}', parameters: { proxy: '7/other' } });
  });

  it('R6: falls through to a greedy sibling that has the verb', async () => {
    expect(await routed('/things/special', 'DELETE')).toMatchObject({ resource: '/things/{proxy+}', parameters: { proxy: 'special' } });
    expect(await routed('/things/7/parts', 'PUT')).toMatchObject({ resource: '/things/{proxy+}', parameters: { proxy: '7/parts' } });
  });

  it('R6: needs at least one segment for a greedy parameter', async () => {
    expect(await routed('/things', 'POST')).toMatchObject({ status: 403 });
  });

  it('R7: answers an unknown path and an unknown method with 403 Missing Authentication Token', async () => {
    for (const [path, method] of [
      ['/nothing', 'GET'],
      ['/things', 'DELETE'],
      ['/any/more', 'GET'],
    ] as const) {
      const answer = await routed(path, method);
      expect(answer).toMatchObject({ status: 403, body: '{"message":"Missing Authentication Token"}' });
      expect(answer.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    }
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

  it('R15: finds the API by both path forms, by its stage and by Host, and keeps the stage out of the path', async () => {
    const id = fixture.ref('Api');
    const host = ['Host', `${id}.execute-api.us-east-1.amazonaws.com`];
    expect(await routed(`/restapis/${id}/live/_user_request_/things/7?x=1`)).toMatchObject({ resource: '/things/{id}', path: '/things/7' });
    expect(await routed(`/_aws/execute-api/${id}/live/things/7`)).toMatchObject({ resource: '/things/{id}', path: '/things/7' });
    expect(await routed('/live/things/7')).toMatchObject({ resource: '/things/{id}', path: '/things/7' });
    expect(await routed('/live/things/7', 'GET', host)).toMatchObject({ resource: '/things/{id}', path: '/things/7' });
    expect(await routed(`/restapis/${id}/live/_user_request_`)).toMatchObject({ resource: '/', path: '/' });
    expect(await routed('/live')).toMatchObject({ resource: '/', path: '/' });
  });

  it('R15: refuses a stage that the API does not have', async () => {
    expect(await routed(`/restapis/${fixture.ref('Api')}/other/_user_request_/things`)).toMatchObject({
      status: 403,
      body: '{"message":"Forbidden"}',
    });
  });
});
