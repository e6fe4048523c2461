// Errors of a request as Python prints a dict.
import { describe, expect, it } from 'vitest';
import { picturesShapes } from '../../functions/pictures/invalid.ts';
import { picturesRoutes } from '../../functions/pictures/routes.ts';
import type { Misfit } from '../../functions/shared/http/request.ts';

const invalid = (...issues: [path: PropertyKey[], message: string][]): Misfit => ({
  kind: 'invalid',
  part: 'body',
  issues: issues.map(([path, message]) => ({ code: 'custom', path, message, input: undefined })),
  input: undefined,
});
const statusOf = (misfit: Misfit) => picturesShapes.invalid(misfit, picturesRoutes.resize).headers.status;

describe('a body that does not fit', () => {
  it('is 400 with an empty object; the header says the rest', () => {
    const answer = picturesShapes.invalid(invalid([['width'], 'Bad.']), picturesRoutes.resize);

    expect(answer).toMatchObject({ statusCode: 400, body: '{}', headers: { status: "{'width': ['Bad.']}" } });
  });

  it('has one entry a field, in order, with a list of its messages', () => {
    expect(statusOf(invalid([['image'], 'One.'], [['width'], 'Two.'], [['image'], 'Three.']))).toBe(
      "{'image': ['One.', 'Three.'], 'width': ['Two.']}",
    );
  });

  it('stands under _schema where it concerns no field', () => {
    expect(statusOf(invalid([[], 'Invalid input type.']))).toBe("{'_schema': ['Invalid input type.']}");
    expect(statusOf({ kind: 'not json' })).toBe("{'_schema': ['Invalid input type.']}");
  });

  it('has quotes and backslashes escaped as Python does', () => {
    expect(statusOf(invalid([["it's"], 'a\\b']))).toBe("{'it\\'s': ['a\\\\b']}");
  });
});

it('routes without a body answer in the general shape', () => {
  const misfit: Misfit = {
    kind: 'invalid',
    part: 'query',
    issues: [{ code: 'custom', path: ['state'], message: 'Bad.', input: 1 }],
    input: {},
  };

  expect(picturesShapes.invalid(misfit, picturesRoutes.jobs)).toMatchObject({ statusCode: 400, value: { message: 'query.state: Bad.' } });
});
