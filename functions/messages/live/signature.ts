// Signature Version 4 for posts to connections: one service, one set of headers, so that most of the work is done once for many posts.
import { hash } from 'node:crypto';

export interface Signed {
  readonly method: 'POST' | 'DELETE';
  readonly host: string;
  /** As it is sent, with the connection's id URL-encoded. */
  readonly path: string;
  readonly body: Buffer;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

const SERVICE = 'execute-api';
const SIGNED_HEADERS = 'host;x-amz-date';

/** Gives the headers that sign a request. */
export function signer(region: string, credentials: () => Credentials, clock: () => Date) {
  let key: { readonly of: string; readonly key: HmacKey } | undefined;
  let hashed: { readonly of: Buffer; readonly hash: string } | undefined;

  const signingKey = (secret: string, date: string): HmacKey => {
    const of = `${secret}${date}`;
    if (key?.of !== of) {
      const parts = [date, region, SERVICE, 'aws4_request'];
      key = { of, key: hmacKey(parts.reduce<Buffer>((above, part) => hmac(hmacKey(above), part), Buffer.from(`AWS4${secret}`))) };
    }
    return key.key;
  };
  /** A batch says the same to all connections. */
  const payloadHash = (body: Buffer): string => {
    if (hashed?.of !== body) hashed = { of: body, hash: sha256(body) };
    return hashed.hash;
  };

  return ({ method, host, path, body }: Signed): Record<string, string> => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials();
    const time = clock()
      .toISOString()
      .replace(/[-:]|\.\d{3}/g, '');
    const date = time.slice(0, 8);
    const scope = `${date}/${region}/${SERVICE}/aws4_request`;
    const headers = { 'x-amz-date': time, ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }) };
    const names = sessionToken === undefined ? SIGNED_HEADERS : `${SIGNED_HEADERS};x-amz-security-token`;
    const values = `host:${host}\n${Object.entries(headers)
      .map(([name, value]) => `${name}:${value}\n`)
      .join('')}`;
    // Every service but S3 encodes the path once more.
    const canonicalPath = path.replaceAll('@', '%40').replaceAll('%', '%25').replaceAll('%2540', '%40');
    const canonical = `${method}\n${canonicalPath}\n\n${values}\n${names}\n${payloadHash(body)}`;
    const signature = hmac(signingKey(secretAccessKey, date), `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex');
    return {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    };
  };
}

const sha256 = (data: string | Buffer) => hash('sha256', data);

/** The blocks that the two hashes of an HMAC begin with (RFC 2104). Made once for a key: Node's own HMAC makes a key object for each text. */
interface HmacKey {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const BLOCK_BYTES = 64;

function hmacKey(bytes: Buffer): HmacKey {
  const padded = Buffer.alloc(BLOCK_BYTES);
  (bytes.length > BLOCK_BYTES ? hash('sha256', bytes, 'buffer') : bytes).copy(padded);
  return { inner: Buffer.from(padded.map((byte) => byte ^ 0x36)), outer: Buffer.from(padded.map((byte) => byte ^ 0x5c)) };
}

const hmac = ({ inner, outer }: HmacKey, text: string): Buffer =>
  hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer')]), 'buffer');
