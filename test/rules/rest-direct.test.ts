// A method that starts a state machine without a function between: what the machine gets, and what the client gets.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../local/services/control-api.ts';
import { type FixtureHost, hostFixture } from './fixture.ts';
import { send } from './raw-http.ts';
import { integration, output, setMachine, startTemplate } from './rest-direct-fixture.ts';
import { restApiTemplate } from './rest-template.ts';

const parameters = { order_id: 'order_id', key: 'Idempotency-Key', page: 'page' };
const header = (name: string) => `method.response.header.${name}`;

let fixture: FixtureHost;
beforeAll(async () => {
  const elsewhere = 'arn:aws:states:eu-central-1:000000000000:stateMachine:Nowhere';
  const responses = [
    { StatusCode: '200', ResponseTemplates: { 'application/json': "$input.json('$')", 'text/plain': "$input.path('$.status')" } },
    {
      StatusCode: '502',
      SelectionPattern: '4\\d{2}',
      ResponseParameters: {
        [header('X-Kind')]: "'refused'",
        [header('X-Request')]: 'context.requestId',
        [header('X-Service-Request')]: 'integration.response.header.x-amzn-RequestId',
      },
      ResponseTemplates: { 'application/json': "$input.path('$.__type'): $input.path('$.message')" },
    },
  ];
  fixture = await hostFixture(
    restApiTemplate({
      'POST /checkout/{order_id}': { to: integration(startTemplate(parameters)) },
      'POST /whole/{order_id}': { to: integration(startTemplate(parameters), { IntegrationResponses: responses }) },
      'POST /nowhere': { to: integration(startTemplate({}, elsewhere), { IntegrationResponses: responses }) },
      'POST /nonsense': { to: integration('no JSON', { IntegrationResponses: responses }) },
      'POST /unselected': { to: integration('no JSON', { IntegrationResponses: [{ StatusCode: '200', SelectionPattern: '200' }] }) },
      'POST /late': { to: integration(startTemplate({}), { TimeoutInMillis: 50 }) },
      'POST /through': {
        to: integration('', {
          RequestTemplates: {},
          PassthroughBehavior: 'WHEN_NO_TEMPLATES',
          IntegrationResponses: [{ StatusCode: '200' }],
        }),
      },
    }),
  );
});
afterAll(() => fixture.stop());

const post = (path: string, headers: readonly string[] = [], body = '') => send(fixture.url, path, { method: 'POST', headers, body });

describe('what the machine gets', () => {
  it('is what the template makes of path, query and headers', async () => {
    setMachine(fixture.host, (input) => output({ statusCode: 200, body: input }));
    const answer = await post('/checkout/a%2Fb?page=2', ['idempotency-key', 'k 1']);
    expect(JSON.parse(answer.body)).toEqual({ order_id: 'a/b', key: 'k 1', page: '2' });
  });

  it('is any text of a path and of a header as the client meant it', async () => {
    setMachine(fixture.host, (input) => output({ statusCode: 200, body: input }));
    const path = fc.string({ unit: 'binary', minLength: 1 });
    const sendable = fc.constantFrom(
      ...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter((c) => /[\x20-\x7e\x80-\xff]/.test(c)),
    );
    const value = fc.string({ unit: fc.oneof(sendable, fc.constantFrom('\\', "'", '"')) }).map((text) => text.trim());
    await fc.assert(
      fc.asyncProperty(path, value, async (order_id, key) => {
        const answer = await post(`/checkout/${encodeURIComponent(order_id)}`, ['Idempotency-Key', key]);
        expect(JSON.parse(answer.body)).toEqual({ order_id, key, page: '' });
      }),
      { numRuns: 100 },
    );
  });
});

describe('what the client gets', () => {
  it('is exactly the body of the last state, with its status and content type', async () => {
    const body = ' <b>Out of stock:\t"$answer" #end é</b>\n';
    setMachine(fixture.host, () => output({ statusCode: 409, contentType: 'text/html; charset=utf-8', body }));
    const answer = await post('/checkout/1');
    expect(answer).toMatchObject({ status: 409, body });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('has the type of its template where nothing sets one, and nothing where the body is missing', async () => {
    setMachine(fixture.host, () => output({ statusCode: 200 }));
    const answer = await post('/checkout/1');
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  it.each([{ status: 'FAILED', error: 'Oops' } as const, { status: 'TIMED_OUT' } as const])(
    'is the failure of the template for %o',
    async (outcome) => {
      setMachine(fixture.host, () => outcome);
      expect(await post('/checkout/1')).toMatchObject({ status: 400, body: 'Requests error' });
    },
  );

  it("F1: comes from the service's whole answer, with times in seconds", async () => {
    setMachine(fixture.host, () => output(1));
    expect(JSON.parse((await post('/whole/7')).body)).toMatchObject({
      status: 'SUCCEEDED',
      output: '1',
      startDate: 1700000000.5,
      name: 'run',
    });
  });

  it('is by the template of the first accepted type, else that of JSON', async () => {
    setMachine(fixture.host, () => output(1));
    const plain = await post('/whole/7', ['Accept', 'image/png, text/plain;q=0.5']);
    expect(plain.body).toBe('SUCCEEDED');
    expect(plain.headers['content-type']).toBe('text/plain');
    expect((await post('/whole/7', ['Accept', 'image/png'])).headers['content-type']).toBe('application/json');
  });

  it('is never a status or header that cannot be sent', async () => {
    setMachine(fixture.host, () => output({ statusCode: 1000, body: 'x' }));
    expect(await post('/checkout/1')).toMatchObject({ status: 200, body: 'x' });
    setMachine(fixture.host, () => output({ statusCode: 200, contentType: 'a\r\nb: c', body: 'x' }));
    expect(await post('/checkout/1')).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
  });
});

describe("the service's errors", () => {
  it('go through the response that their status selects', async () => {
    const answer = await post('/nowhere');
    expect(answer).toMatchObject({ status: 502, body: expect.stringContaining('StateMachineDoesNotExist: State Machine Does Not Exist') });
    const id = answer.headers['x-amzn-requestid'];
    expect(answer.headers).toMatchObject({ 'x-kind': 'refused', 'x-request': id, 'x-service-request': id });
    expect((await post('/nonsense')).body).toContain('SerializationException');
  });

  it('include what keeps an execution from starting', async () => {
    setMachine(fixture.host, () => Promise.reject(new AwsError('InvalidExecutionInput', 'no JSON')));
    expect(await post('/whole/7')).toMatchObject({ status: 502, body: 'InvalidExecutionInput: no JSON' });
  });

  it('are a 500 where no response is selected', async () => {
    expect(await post('/unselected')).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
  });

  it('R12: are a 504 after the time-out of the integration', async () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    setMachine(fixture.host, () => promise);
    expect(await post('/late')).toMatchObject({ status: 504, body: '{"message":"Endpoint request timed out"}' });
    resolve({});
  });
});

describe('a content type', () => {
  it('without a template is a 415; none counts as JSON', async () => {
    setMachine(fixture.host, () => output({ statusCode: 200, body: 'done' }));
    const answer = await post('/checkout/1', ['Content-Type', 'text/plain']);
    expect(answer).toMatchObject({ status: 415, body: '{"message":"Unsupported Media Type"}' });
    expect((await post('/checkout/1', ['Content-Type', 'Application/JSON; charset=utf-8'])).body).toBe('done');
  });

  it('passes through where the integration has no templates', async () => {
    setMachine(fixture.host, (input) => output({ input }));
    const request = JSON.stringify({
      stateMachineArn: 'arn:aws:states:eu-central-1:000000000000:stateMachine:Checkout',
      input: '{"a":1}',
      name: 'mine',
    });
    const answer = JSON.parse((await post('/through', ['Content-Type', 'text/plain'], request)).body);
    expect(answer).toMatchObject({ input: '{"a":1}', name: 'mine' });
  });
});
