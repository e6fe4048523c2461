// `POST /api/`: what is accepted, and in which words the rest is refused.
import { beforeAll, describe, expect, test } from 'vitest';
import { base64, type Order, picture } from '../support/pictures.ts';
import { JSON_TYPE, send } from './application.ts';
import { order } from './pictures-client.ts';

const MISSING = "['Missing data for required field.']";
const RANGE = "['Value must be greater than 0 and less than 2000 px']";
const NO_PICTURE = "['Not a valid picture.']";

let image: string;
beforeAll(async () => {
  image = base64(await picture(8, 4));
});

/** Orders with a good picture, unless the fields say otherwise. */
const ask = (fields: Order & Record<string, unknown>) => order({ image, width: 20, height: 10, ...fields });

async function refused(answer: Response): Promise<string | null> {
  expect({ status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }).toEqual({
    status: 400,
    type: JSON_TYPE,
    body: '{}',
  });
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.get('identifier')).toBeNull();
  return answer.headers.get('status');
}

describe('an order that is accepted', () => {
  test('is answered with 201, an empty object, its address and its identifier', async () => {
    const answer = await ask({});

    expect({ status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }).toEqual({
      status: 201,
      type: JSON_TYPE,
      body: '{}',
    });
    const identifier = answer.headers.get('identifier') ?? '';
    expect(identifier).toMatch(/^[\da-f]{40}$/);
    expect(answer.headers.get('location')).toBe(`/api/${identifier}`);
    expect(answer.headers.get('status')).toBeNull();
  });

  test.each<[string, Order & Record<string, unknown>]>([
    ['the least size', { width: 2, height: 2 }],
    ['the greatest size', { width: 1999, height: 1999 }],
    ['numeric strings', { width: '20', height: '1999' }],
    ['a string with leading zeros', { width: '0020' }],
    ['unknown fields', { name: 'x.png', nested: { a: [1] }, constructor: 1 }],
  ])('may have %s', async (_, fields) => {
    expect((await ask(fields)).status).toBe(201);
  });

  test('may write a number as 1e3 or 20.0', async () => {
    expect((await order(`{"image":"${image}","width":1e3,"height":20.0}`)).status).toBe(201);
  });
});

describe.each(['width', 'height'] as const)('%s', (field) => {
  test.each([
    0,
    1,
    2000,
    -20,
    1e9,
    20.5,
    null,
    true,
    false,
    [],
    [20],
    {},
    '',
    '1',
    '2000',
    '-20',
    '+20',
    '20.0',
    '1e2',
    '0x10',
    '  20',
    '20 ',
    '2_0',
    '٢٠',
    'twenty',
    '9'.repeat(400),
  ])('of %j is out of range', async (value) => {
    expect(await refused(await ask({ [field]: value }))).toBe(`{'${field}': ${RANGE}}`);
  });

  test('of 1e400, more than a number can hold, is out of range', async () => {
    const rest = field === 'width' ? '"height"' : '"width"';
    expect(await refused(await order(`{"image":"${image}","${field}":1e400,${rest}:20}`))).toBe(`{'${field}': ${RANGE}}`);
  });

  test('must be there', async () => {
    expect(await refused(await ask({ [field]: undefined }))).toBe(`{'${field}': ${MISSING}}`);
  });
});

describe('errors of several fields are one dict, in the order image, width, height', () => {
  test.each<[Record<string, unknown>, string]>([
    [{}, `{'image': ${MISSING}, 'width': ${MISSING}, 'height': ${MISSING}}`],
    [{ height: 0, width: 0, image: 'x' }, `{'image': ${NO_PICTURE}, 'width': ${RANGE}, 'height': ${RANGE}}`],
    [{ height: 20, image: 'x' }, `{'image': ${NO_PICTURE}, 'width': ${MISSING}}`],
    [{ width: 20 }, `{'image': ${MISSING}, 'height': ${MISSING}}`],
    [{ height: '2000', width: 20 }, `{'image': ${MISSING}, 'height': ${RANGE}}`],
  ])('%j', async (body, errors) => {
    expect(await refused(await order(body))).toBe(errors);
  });

  test('fit and format come after them', async () => {
    const FIT = "['Must be one of: fill, cover, contain, inside, outside.']";
    const FORMAT = "['Must be one of: png, jpeg, webp, avif.']";

    expect(await refused(await ask({ fit: 'stretch', format: 'gif', height: 1 }))).toBe(
      `{'height': ${RANGE}, 'fit': ${FIT}, 'format': ${FORMAT}}`,
    );
    expect(await refused(await ask({ fit: null, format: 1 }))).toBe(`{'fit': ${FIT}, 'format': ${FORMAT}}`);
  });
});

describe('a body that is not an object of JSON is refused', () => {
  test.each(['', ' ', '{', '{"image":', 'image=a&width=2', '<a/>', "{'width': 2}", '[]', '[{}]', '"text"', '20', 'null', 'true', '\u0000'])(
    '%j',
    async (body) => {
      expect(await refused(await order(body))).toBe("{'_schema': ['Invalid input type.']}");
    },
  );
});

describe('hostile JSON is refused as any other', () => {
  test.each<[what: string, body: string | Uint8Array<ArrayBuffer>, errors: string]>([
    ['two million lists in each other', '['.repeat(2e6) + ']'.repeat(2e6), "{'_schema': ['Invalid input type.']}"],
    ['a deep image', `{"width":20,"height":20,"image":${'['.repeat(1e6)}${']'.repeat(1e6)}}`, `{'image': ${NO_PICTURE}}`],
    ['fields of a prototype', '{"__proto__":{"image":"x","width":20},"height":20}', `{'image': ${MISSING}, 'width': ${MISSING}}`],
    ['half a character', '{"image":"\\ud800","width":20,"height":20}', `{'image': ${NO_PICTURE}}`],
    ['a NUL', '{"image":"\\u0000","width":20,"height":20}', `{'image': ${NO_PICTURE}}`],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), "{'_schema': ['Invalid input type.']}"],
  ])('%s', async (_, body, errors) => {
    expect(await refused(await send('/api/', { method: 'POST', body }))).toBe(errors);
  });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', 'image/png', 'application/json; charset=utf-8'])(
  'the body is JSON whatever its content type says: %s',
  async (type) => {
    expect((await order({ image, width: 20, height: 10 }, { 'content-type': type })).status).toBe(201);
  },
);
