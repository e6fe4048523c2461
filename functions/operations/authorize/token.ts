// Whether a token is one of our issuer's, for us, and valid now.
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

export interface Expected {
  readonly issuer: string;
  readonly audience: string;
}

/** Signatures by a private key alone: with a shared secret, or none, anybody who knows the public key could sign. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

/** Seconds by which clocks may differ. */
const CLOCK_TOLERANCE = 5;

/** A token that is not good. Anything else that is thrown says nothing about the token. */
export class BadToken extends Error {
  override readonly name = 'BadToken';
}

/** @returns whom the token is about */
export async function subjectOf(token: string, keys: JWTVerifyGetKey, { issuer, audience }: Expected, now: Date): Promise<string> {
  const { sub } = await verified(token, keys, { issuer, audience }, now);
  if (!sub) throw new BadToken('no subject');
  return sub;
}

async function verified(token: string, keys: JWTVerifyGetKey, expected: Expected, now: Date): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE,
      // One that never expires could not be taken back.
      requiredClaims: ['exp', 'sub'],
      currentDate: now,
    });
    return payload;
  } catch (error) {
    if (isAboutTheToken(error)) throw new BadToken(error.code);
    throw error;
  }
}

/** Not a time-out of the issuer, nor an answer of its that is no set of keys. */
const isAboutTheToken = (error: unknown): error is errors.JOSEError =>
  [
    errors.JWTExpired,
    errors.JWTClaimValidationFailed,
    errors.JWTInvalid,
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
    errors.JWKSNoMatchingKey,
  ].some((kind) => error instanceof kind);
