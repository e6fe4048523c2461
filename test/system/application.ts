// The application under test, wherever it runs, as a client sees it.
import { Agent, setGlobalDispatcher } from 'undici';
import { atOnce } from './effort.ts';

// Of `fetch`: a request waits while as many are on their way as the target can take.
setGlobalDispatcher(new Agent({ connections: atOnce(100) }));

const variable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: it says which application these tests are about`);
  return value;
};

/** Base URL without a slash at the end. */
export const url = variable('STACKYARD_URL').replace(/\/+$/, '');

export interface Sending {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** One request as it is written: redirects are answers. */
export const send = (path: string, sending: Sending = {}): Promise<Response> => fetch(`${url}${path}`, { redirect: 'manual', ...sending });

/** `send` for routes that need the key. */
export const sendWithKey = (path: string, { headers, ...rest }: Sending = {}): Promise<Response> =>
  send(path, { ...rest, headers: { ...headers, 'x-api-key': variable('STACKYARD_API_KEY') } });

/** What an answer says, in the few words that most of the contracts are about. */
export async function said(answer: Promise<Response>): Promise<{ status: number; type: string | null; body: string }> {
  const response = await answer;
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

export const JSON_TYPE = 'application/json';
export const HTML_TYPE = 'text/html; charset=utf-8';
