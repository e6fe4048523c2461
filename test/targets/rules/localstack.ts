// Where LocalStack 4.14.0 answers otherwise than AWS: what it does, and what AWS documents or was recorded to do.
import { because, of } from '../../support/target-entries.ts';

const NO_CONCURRENCY =
  'LocalStack drops ReservedConcurrentExecutions of a template, so nothing is throttled; on AWS the function has that many environments, and a 429 beyond (L1).';
const EXECUTOR = "Functions run by the project's own executor there, not by Lambda's runtime program:";

export const localstackDiffers: Readonly<Record<string, string>> = {
  ...of('rest-answer.test.ts: the answer of a function > R9', {
    'with null is a 502': 'A Python error as a 500: "argument of type \'NoneType\' is not iterable". AWS answers 502 to all but an object.',
    'with a status outside HTTP is a 502': 'The status 1000 is sent as it is, which no client can read. AWS sends three digits, or a 502.',
    'with a header that would break the response is a 502':
      'A Python error as a 500, with its text. AWS calls it a malformed proxy response, 502.',
    'with a body that is an object is a 502': 'A 200 without a body. AWS asks for a text, and answers 502.',
    'writes numbers of headers as text': 'A 502: only texts and booleans pass. AWS documents texts and says nothing of numbers.',
  }),
  ...of('rest-answer.test.ts: the answer of a function > R10', {
    'merges headers, multi values first, in the casing of multiValueHeaders, an identical pair once':
      'A pair that is in both maps is sent twice. AWS: "only the values from multiValueHeaders will appear in the merged list".',
  }),
  ...of('rest-answer.test.ts: the answer of a function > R11', {
    'hands a body on as base64 only if its type is a binary media type':
      'Bytes that are no UTF-8 are base64 whatever their type. On AWS only binaryMediaTypes decide.',
  }),
  ...of('rest-answer.test.ts: the answer of a function > R16', {
    'carries request id, gateway id and trace id, those of the event':
      'x-amz-apigw-id ends in "=", extendedRequestId of the event does not. On AWS they are the same id.',
  }),
  ...of('rest-event.test.ts: the proxy event > R2', {
    'has an extended request id in base64': 'It is a short hexadecimal number. That of AWS is base64, and ends in "=".',
    'tells it as a log does, with its zone': 'requestTime ends after the seconds, with a space. On AWS " +0000" follows.',
    'names the domain by which AWS knows the API':
      'domainName is the host that was asked, with its port: nothing below amazonaws.com leads to LocalStack.',
  }),
  ...of('rest-event.test.ts: the proxy event > R3', {
    'gives the last of duplicate headers, and all of them in multiValueHeaders': '`headers` has the first of them. AWS: "the last value".',
    'says who sent the request, after those who forwarded it':
      'X-Forwarded-For of the client is replaced, and X-Forwarded-Proto is "HTTP". AWS appends to the one and writes the other in small letters.',
  }),
  ...of('rest-event.test.ts: the proxy event > R4', {
    'refuses a path that cannot be decoded with a 400': 'The function gets it. AWS answers 400 Bad Request before any route.',
  }),
  ...of('rest-gateway-responses.test.ts', {
    'a gateway response > R7: replaces status, headers and body of its type':
      'Status and headers do, ResponseTemplates have no effect. AWS writes the body by them.',
    'a gateway response > R14: of a class stands in for types without one of their own':
      'ResponseParameters of DEFAULT_4XX are not applied to INVALID_API_KEY. On AWS the class stands in for every type that is not there.',
    'a gateway response > refuses a mapping that cannot be read at start':
      'Any text is taken. AWS: "Invalid mapping expression specified".',
  }),
  ...of('rest-limits.test.ts: failures > R12', {
    'an integration that takes too long is a 504':
      'TimeoutInMillis has no effect: the function ends it, as a 502. AWS answers 504 after that time.',
    'a throttled function is a 500, no 429': NO_CONCURRENCY,
    'refuses an integration timeout under 50 ms at start': 'It is taken. AWS: "Timeout should be between 50 ms and 29000 ms".',
  }),
  ...because('A body has no limit there, nor have headers. AWS: 10 MB of payload, 6 MB at Lambda, 10,240 bytes of headers (R13).', [
    'rest-limits.test.ts: sizes > R13: *',
  ]),
  ...of('rest-routing.test.ts', {
    'routing > R7: says it without a space': 'The JSON of its own messages has a space after the colon. That of AWS has none.',
    'routing > R15: takes the stage alone for the root': '`path` is empty. On AWS it is "/".',
    'routing > R15: refuses a stage that the API does not have': 'A 404 that says no such API is deployed. On AWS it is 403 Forbidden.',
    'routing > R15: refuses it in a path form, too':
      'A 404 that says no such API is deployed. The path forms are its own; by host name AWS answers 403 Forbidden.',
  }),
  ...of('function-url-answers.test.ts', {
    "U2: the request's id is the invocation's, and the answer names it":
      'requestContext.requestId is another id than the invocation has. AWS has one.',
    'U5: status, headers, cookies and body are those of the answer; the type is JSON unless it says another':
      'Cookies are dropped, true becomes "True", Connection and Content-Length are not renamed. AWS sends a Set-Cookie for each cookie.',
    'U5: a status as text counts, and one without a body is empty':
      'An answer of a status alone is sent as JSON, as if it were a body. AWS sends an empty one.',
    'U6: {"statusCode":null,"body":"x"} without a status is a 200 in JSON':
      'A Python error as a 500. AWS infers a 200 where there is no status.',
    'U7: a throttled function is a 429': NO_CONCURRENCY,
    'U7: a request over 6 MB is a 413, *': 'There is no limit: the request waits for its body. AWS documents 6 MB for a request.',
  }),
  ...because('A 200 with the answer as body, or a Python error as a 500. On AWS a malformed answer is 502 Internal Server Error.', [
    'function-url-answers.test.ts: U7: a status *',
    'function-url-answers.test.ts: U7: a body that is an object is a 502 Internal Server Error',
    'function-url-answers.test.ts: U7: headers that are a list is a 502 Internal Server Error',
    'function-url-answers.test.ts: U7: a header that *',
    'function-url-answers.test.ts: U7: cookies that are no list is a 502 Internal Server Error',
  ]),
  ...of('function-url.test.ts', {
    'U1: a function has an address that ends in a slash, and gets every method and path there':
      'OPTIONS is answered by LocalStack itself, 204 for any origin. On AWS a function without Cors gets it.',
    'U2: the event is payload format 2.0, without what the request does not have':
      'queryStringParameters is there, empty. AWS leaves it out.',
    'U3: header names are lower case *': 'rawPath is decoded. On AWS it is as sent.',
  }),
  ...because(
    'Every body is in base64, and forms are encoded anew or a 400. On AWS text, JSON, XML and JavaScript are text, and bytes stay the same.',
    [
      'function-url.test.ts: U4: a body of the type text/plain is in base64: false',
      'function-url.test.ts: U4: a body of the type application/json; charset=utf-8 is in base64: false',
      'function-url.test.ts: U4: a body of the type application/xml is in base64: false',
      'function-url.test.ts: U4: a body of the type Application/JavaScript is in base64: false',
      'function-url.test.ts: U4: a body of the type application/x-www-form-urlencoded is in base64: true',
      'function-url.test.ts: U4: a body of the type multipart/form-data; boundary=x is in base64: true',
    ],
  ),
  'dynamodb.test.ts: items whose time to live has passed are deleted, others stay':
    'Expired items stay unless DYNAMODB_REMOVE_EXPIRED_ITEMS is set, and then for an hour. AWS deletes them, within a few days.',
  ...of('lambda-asynchronous.test.ts', {
    'L11: a throttled event is tried until it is too old': `${NO_CONCURRENCY} The event runs and fails instead.`,
    'L13: the log has START, END and REPORT around lines *': `${EXECUTOR} REPORT lacks Max Memory Used and Init Duration, which Lambda writes.`,
  }),
  ...of('lambda-concurrency.test.ts', {
    'L1: beyond the reserved concurrency an invoke is throttled with 429 and its reason': NO_CONCURRENCY,
    'L1: a reserved concurrency of 0 throttles every event': NO_CONCURRENCY,
    'L2: an init that failed is run again within the invoke':
      'The invoke fails with the error of the init. AWS runs the init again within the invoke.',
  }),
  ...of('lambda-environment.test.ts', {
    "L9: an environment has Lambda's variables and the function's, and none of the host's":
      'AWS_EXECUTION_ENV is AWS_Lambda_rapid, that of an image without a runtime. On AWS it names the runtime: AWS_Lambda_nodejs24.x.',
    'L9: variables with reserved keys are refused at start':
      "They are taken, and LocalStack's own win. AWS refuses AWS_REGION and its like by name.",
  }),
  'schedule.test.ts: E4: a disabled rule does not fire until it is enabled, and stops when it is disabled again':
    'EnableRule and DisableRule change what DescribeRule tells and nothing else: it never fires. On AWS it does from then on.',
  'schedule-control.test.ts: E4: DisableRule stops the firing and EnableRule resumes it':
    'DisableRule changes what DescribeRule tells and nothing else: it goes on firing. AWS: "Prevents a rule from matching events or running on a schedule".',
  ...of('sqs-batches.test.ts', {
    'S1: a record carries the message, its attributes and where it came from':
      'Message attributes lack stringListValues and binaryListValues, which AWS sends, empty.',
    'S2: a batch above ten is gathered over its window and never larger than the batch size':
      'What the first poll finds goes at once, then 15, then the rest. AWS waits for the window or a full batch.',
    'S2: {"MaximumBatchingWindowInSeconds":1} with a queue of {"FifoQueue":true,"ContentBasedDeduplication":true} is refused':
      'It is taken. AWS: "Batching window is not supported for FIFO queues".',
    'S2: {"BatchSize":11,"MaximumBatchingWindowInSeconds":1} with a queue of {"FifoQueue":true,"ContentBasedDeduplication":true} is refused':
      'It is taken. AWS documents at most 10 messages of a FIFO queue in a batch.',
    'S2: {"MaximumRetryAttempts":1} with a queue of {} is refused':
      'It is taken, without effect. AWS documents it for streams only, and refuses it for queues.',
    'S3: five batches are in flight at start': 'One batch is in flight for the queue. AWS polls with five at first.',
    'S3: MaximumConcurrency bounds the batches in flight': 'One batch is in flight for the queue, whatever it says. On AWS two are.',
  }),
  ...of('sqs-fifo.test.ts', {
    'S7: a group is in order with one batch in flight, while other groups run':
      'One batch is in flight for all groups: the second waits for the first. AWS: as many as there are groups.',
    'S7: what is too large for one event waits for its group':
      'One batch is in flight for all groups, so the other group waits, too. On AWS it runs.',
    'S8: a queue whose visibility timeout is below the function timeout is refused':
      'It is taken. AWS: "Queue visibility timeout: 4 seconds is less than Function timeout: 5 seconds".',
  }),
  ...of('states-executions.test.ts', {
    'F1: a success has output and neither error nor cause, and is billed in steps of 100 ms':
      'billingDetails is missing. AWS documents it for every synchronous execution.',
    'F1: a failure is an answer too, with error and cause and without output':
      'outputDetails says that output is included, and there is none. On AWS it is not.',
    'F1: an execution is refused where it cannot begin': 'A name with a space is taken. AWS: InvalidName.',
    'F1: placeholders that no substitution names stay as they are':
      'The stack fails: "No active exception to reraise". CloudFormation\'s own code replaces what it was given and leaves the rest.',
    'F2: at its deadline an execution is TIMED_OUT and begins nothing more': 'The answer has no error. On AWS it is States.Timeout.',
    'F8: the context object has execution, state machine and state':
      'State lacks RetryCount, and EnteredTime has microseconds and "+00:00". AWS documents milliseconds and "Z".',
    'F9: input of more than 256 KiB is refused': 'It is taken. AWS documents 256 KiB (262,144 bytes) for the input of an execution.',
    'F9: States.ALL does not catch it': 'It does. AWS: States.ALL does not catch States.DataLimitExceeded.',
  }),
  ...of('states-failures.test.ts', {
    'F3: States.ALL does not catch what is wrong in the definition': 'It does. AWS: States.ALL does not catch States.Runtime.',
    'F4: a function that lost its environment is Lambda.Unknown':
      'Runtime.ExitError. AWS documents Lambda.Unknown for what Lambda cannot tell.',
    'F4: a function that is missing has a name of its own': 'The ARN in the cause ends in ":$LATEST". That of AWS does not.',
    'F4: a function that is throttled has a name of its own': NO_CONCURRENCY,
    'F5: lambda:invoke gives the payload in an envelope, an ARN gives it bare':
      'SdkHttpMetadata and SdkResponseMetadata are missing. AWS documents both.',
  }),
  'states-parallel.test.ts: F7: CaughtAsBranch: the failure has the name of the error in the branch':
    'States.BranchFailed catches nothing there. AWS documents it as the error of a branch that failed.',
};

export const localstackCannotTell: Readonly<Record<string, string>> = {
  'sqs-batches.test.ts: S2: a batch is flushed before its records exceed 6 MB':
    'It depends on when LocalStack polls: sometimes seven messages of a megabyte are one event, sometimes fewer. AWS keeps an event below 6 MB.',
};
