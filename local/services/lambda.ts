// Lambda's own API, as far as handlers and CDK's providers call it: Invoke, GetFunction, GetFunctionConfiguration.
import { ASYNCHRONOUS_REQUEST_BYTES, REQUEST_BYTES } from '../lambda/limits.ts';
import { type FunctionRegistry, type LambdaFunction, TooManyRequests } from '../lambda/registry.ts';
import { AwsError, type ControlApi, type RestAnswer, type RestRequest } from './control-api.ts';

const FUNCTION = '/2015-03-31/functions/{name}';

export function lambdaApi(control: ControlApi, functions: FunctionRegistry): void {
  const find = ({ params: { name = '' } }: RestRequest): LambdaFunction => {
    const fn = functions.find(name);
    if (!fn) throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    return fn;
  };
  const json = (body: unknown): RestAnswer => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  control.rest('POST', `${FUNCTION}/invocations`, async (request) => invoke(find(request), request));
  control.rest('GET', FUNCTION, async (request) => json({ Configuration: configuration(find(request)), Code: {}, Tags: {} }));
  control.rest('GET', `${FUNCTION}/configuration`, async (request) => json(configuration(find(request))));
}

/** L1, L3, L5, L11: a failed handler is a 200 with `X-Amz-Function-Error`; only what kept it from running is an error status. */
async function invoke(fn: LambdaFunction, { headers, body }: RestRequest): Promise<RestAnswer> {
  const type = String(headers['x-amz-invocation-type'] ?? 'RequestResponse');
  const payload = payloadOf(body, type);
  if (type === 'DryRun') return { status: 204, body: '' };
  if (type === 'Event') {
    await fn.invokeAsync(payload);
    return { status: 202, body: '' };
  }
  const clientContext = headers['x-amz-client-context'];
  const tail = headers['x-amz-log-type'] === 'Tail';
  try {
    const result = await fn.invoke(payload, {
      tail,
      ...(typeof clientContext === 'string' ? { clientContext: Buffer.from(clientContext, 'base64').toString('utf8') } : {}),
    });
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': result.requestId,
        'x-amz-executed-version': '$LATEST',
        ...(result.functionError ? { 'x-amz-function-error': result.functionError } : {}),
        ...(tail ? { 'x-amz-log-result': Buffer.from(result.logTail ?? '').toString('base64') } : {}),
      },
      body: result.payload,
    };
  } catch (error) {
    if (error instanceof TooManyRequests) return throttled(error);
    throw error;
  }
}

/** An absent payload is an empty object. */
function payloadOf(body: Buffer, type: string): string {
  const limit = type === 'Event' ? ASYNCHRONOUS_REQUEST_BYTES : REQUEST_BYTES;
  if (body.length > limit) {
    const message = `${body.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`;
    throw new AwsError('RequestEntityTooLargeException', message, 413);
  }
  if (body.length === 0) return '{}';
  const text = body.toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`);
  }
  return text;
}

const throttled = ({ name, reason, message }: TooManyRequests): RestAnswer => ({
  status: 429,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': name },
  body: JSON.stringify({ Reason: reason, Type: 'User', message }),
});

/** Ready from the start: waiters for `Active` and `Successful` return at once. */
const configuration = ({ definition: { name, arn, handler, timeoutSeconds, memoryMb, environment } }: LambdaFunction) => ({
  FunctionName: name,
  FunctionArn: arn,
  Runtime: 'nodejs24.x',
  Handler: handler,
  Timeout: timeoutSeconds,
  MemorySize: memoryMb,
  Version: '$LATEST',
  PackageType: 'Zip',
  Environment: { Variables: environment },
  State: 'Active',
  LastUpdateStatus: 'Successful',
});
