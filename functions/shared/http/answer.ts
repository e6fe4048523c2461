// What a handler gives back. Errors are answers too, thrown from wherever the rule is broken.

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** True where `body` is base64 text of bytes. */
  readonly isBase64Encoded?: boolean;
  /** What `body` is the JSON text of: checked against the route's schema without parsing it again. */
  readonly value?: unknown;
  /** True where `body` was checked against the route's schema when it was made: it comes from a cache. */
  readonly checked?: true;
}

export const json = (value: unknown, statusCode = 200, headers: Answer['headers'] = {}): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
  value,
});

export const text = (body: string, statusCode = 200): Answer => ({
  statusCode,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

export const bytes = (body: Uint8Array, contentType: string, headers: Answer['headers'] = {}): Answer => ({
  statusCode: 200,
  headers: { 'content-type': contentType, ...headers },
  body: Buffer.from(body).toString('base64'),
  isBase64Encoded: true,
});

/** A broken rule that the caller should hear about: the answer is part of the contract. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.body);
    this.answer = answer;
  }
}
