// Requests and frames by chance: near to what clients send, and far from it.
import fc from 'fast-check';

export interface FuzzRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const anything = fc.oneof(fc.json({ maxDepth: 4 }), fc.json({ stringUnit: 'binary' }), fc.string({ unit: 'binary', maxLength: 200 }));
const number = fc.oneof(
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.constantFrom('1e400', '-0', '1E-400', '0.1e1', '9'.repeat(400), '00', '0x1', '+1', '1.', '.5'),
);
/** JSON with pieces cut out, doubled, or replaced. */
const mutated = fc
  .tuple(
    fc.json({ maxDepth: 3 }),
    fc.nat(),
    fc.nat({ max: 12 }),
    fc.oneof(fc.string({ maxLength: 8 }), number, fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', '\u0000', '\ufeff')),
  )
  .map(([text, at, cut, put]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + cut);
  });
const deep = fc
  .tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(['[', ']'], ['{"a":', '}']))
  .map(([levels, [open, close]]) => `${open?.repeat(levels)}1${close?.repeat(levels)}`);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.json({ maxDepth: 3 }).filter((json) => /^[[{]/.test(json)) },
  { weight: 4, arbitrary: mutated },
  { weight: 2, arbitrary: anything },
  { weight: 1, arbitrary: number.map((digits) => `[${digits}]`) },
  { weight: 1, arbitrary: deep },
);
const body = fc.oneof(
  { weight: 8, arbitrary: text.map((one) => Buffer.from(one)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: text.map((one) => Buffer.from(Buffer.from(one).toString('base64'))) },
  { weight: 1, arbitrary: fc.constant(Buffer.alloc(0)) },
);

const segment = fc.oneof(
  number,
  fc.string({ unit: 'binary', maxLength: 12 }).map((one) => encodeURIComponent(one.toWellFormed())),
  fc.constantFrom('..', '.', '%zz', '%', '%00', '%2F', '%c3%28', "'", ';--', '1', '0', 'null', '__proto__'),
);
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('/endpoint', '/endpoint/') },
  { weight: 3, arbitrary: segment.map((one) => `/endpoint/${one}`) },
  { weight: 1, arbitrary: fc.tuple(segment, segment).map(([one, other]) => `/endpoint/${one}/${other}`) },
);
const value = fc.oneof(segment, fc.constantFrom('default', 'a', '5', '1000', '1001', ''));
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom('after', 'limit', 'channel', 'Limit', '__proto__', ''), segment), value), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([name, one]) => `${name}=${one}`).join('&')}`));

/** What an HTTP header can carry. */
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code === 0x7f ? 0x20 : code)),
  maxLength: 300,
});
const headers = fc.record(
  {
    'content-type': fc.oneof(
      fc.constantFrom(
        'application/json',
        'text/plain',
        'image/png',
        'application/octet-stream',
        'multipart/form-data',
        'application/json; charset=utf-16',
      ),
      headerText,
    ),
    'idempotency-key': fc.oneof(fc.constantFrom('a', 'b', '"c"', '', ' '), headerText),
    'x-request-id': headerText,
    accept: fc.constantFrom('*/*', 'image/png', 'text/html', ''),
    'x-odd': headerText,
  },
  { requiredKeys: [] },
);

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('POST') },
  { weight: 3, arbitrary: fc.constant('GET') },
  { weight: 1, arbitrary: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'OPTIONS') },
);

/** A GET has no body: CloudFront refuses those that have. */
export const request: fc.Arbitrary<FuzzRequest> = fc
  .record({ method, path: fc.tuple(path, query).map((parts) => parts.join('')), headers, body })
  .map((one) => (one.method === 'GET' ? { ...one, body: Buffer.alloc(0) } : one));

const channels = fc.oneof(fc.array(fc.oneof(fc.string({ maxLength: 70 }), fc.jsonValue()), { maxLength: 110 }), fc.jsonValue());
const known = fc.oneof(
  fc.record(
    {
      action: fc.constantFrom('resume', 'subscribe', 'resume ', '$default', 'toString'),
      after: fc.oneof(fc.constantFrom(-1, 1e300, 9e15), fc.jsonValue()),
      channels,
    },
    { requiredKeys: [] },
  ),
  fc.record({ action: fc.jsonValue(), after: fc.nat(), channels: fc.constant(null) }),
);

/** Text frames of at most 32 KB. */
export const frame: fc.Arbitrary<string> = fc
  .oneof(
    known.map((one) => JSON.stringify(one)),
    text,
    fc.string({ unit: 'binary', minLength: 1, maxLength: 5_000 }),
  )
  .map((one) => one.toWellFormed())
  .filter((one) => Buffer.byteLength(one) <= 32_000);
