// The stub behind a function URL: payload format 2.0 in and out.
import { expect, it } from 'vitest';
import { handler } from '../../functions/cats/upstream-stub.handler.ts';

const event = (headers: Record<string, string>) => ({
  rawPath: '/v1/images/search',
  rawQueryString: 'breed_ids=siam%2Cabys&limit=6&order=ASC',
  headers,
  requestContext: { domainName: 'abc.lambda-url.eu-central-1.on.aws', http: { method: 'GET' } },
});

it('answers with addresses at the URL that was asked', async () => {
  const { statusCode, headers, body } = await handler(event({ 'x-forwarded-proto': 'https' }));
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'pagination-count': '6' });
  expect(JSON.parse(body)[0].url).toBe('https://abc.lambda-url.eu-central-1.on.aws/images/abys-1.svg');
});

it('speaks plain http where nobody says otherwise, as on this machine', async () => {
  expect(JSON.parse((await handler(event({}))).body)[0].url).toMatch(/^http:\/\/abc/);
});
