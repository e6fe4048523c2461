import { answer } from './upstream-stub/answer.ts';

/** The part of a function URL's event (payload format 2.0) that is read here. */
export interface FunctionUrlEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly domainName: string; readonly http: { readonly method: string } };
}

/** Lambda's function URLs speak nothing but https and say so in x-forwarded-proto. */
export async function handler({ rawPath, rawQueryString, headers, requestContext }: FunctionUrlEvent) {
  const origin = `${headers['x-forwarded-proto'] ?? 'http'}://${requestContext.domainName}`;
  const { status, ...rest } = answer({ method: requestContext.http.method, path: rawPath, query: rawQueryString, headers, origin });
  return { statusCode: status, ...rest };
}
