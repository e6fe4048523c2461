// Steps between an origin and the wire: the head of its answer can be changed, its body encoded, or the whole answer replaced.
import type { ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';

export interface Head {
  readonly status: number;
  /** Name, value, name, value … */
  readonly headers: readonly string[];
}

export type Outcome =
  | { readonly kind: 'send'; readonly head: Head; readonly encoder?: Transform }
  /** The origin's body is dropped; `answer` runs when the origin has ended, with the response as new. */
  | { readonly kind: 'replace'; readonly answer: () => void };

/** Calls `decide` once, with what the origin is about to send. */
export function interceptHead(response: ServerResponse, decide: (head: Head) => Outcome): void {
  const { writeHead, write, end } = response;
  let outcome: Outcome | undefined;

  function decideNow(status: number, given: unknown): Outcome {
    const decided = decide({ status, headers: takenHeaders(response, given) });
    outcome = decided;
    Object.assign(response, { writeHead, write, end });
    if (decided.kind === 'replace') dropBody(response, decided.answer);
    else {
      response.writeHead(decided.head.status, [...decided.head.headers]);
      if (decided.encoder) encodeBody(response, decided.encoder);
    }
    return decided;
  }

  const intercepting = {
    writeHead(status: number, reasonOrHeaders?: unknown, headers?: unknown) {
      decideNow(status, typeof reasonOrHeaders === 'string' ? headers : reasonOrHeaders);
      return response;
    },
    write(...chunk: Parameters<ServerResponse['write']>) {
      if (!outcome) decideNow(response.statusCode, undefined);
      return response.write(...chunk);
    },
    end(...chunk: Parameters<ServerResponse['end']>) {
      if (!outcome) decideNow(response.statusCode, undefined);
      return response.end(...chunk);
    },
  };
  Object.assign(response, intercepting);
}

/** Headers set before and headers given now, as one list; the response forgets those set before. */
function takenHeaders(response: ServerResponse, given: unknown): string[] {
  const flat: string[] = [];
  const add = (name: string, value: unknown) => {
    for (const one of Array.isArray(value) ? value : [value]) flat.push(name, String(one));
  };
  for (const [name, value] of Object.entries(response.getHeaders())) {
    response.removeHeader(name);
    add(name, value);
  }
  if (Array.isArray(given)) for (let i = 0; i < given.length; i += 2) add(given[i], given[i + 1]);
  else for (const [name, value] of Object.entries(given ?? {})) add(name, value);
  return flat;
}

function dropBody(response: ServerResponse, answer: () => void) {
  const { write, end } = response;
  response.write = () => true;
  response.end = () => {
    Object.assign(response, { write, end });
    answer();
    return response;
  };
}

function encodeBody(response: ServerResponse, encoder: Transform) {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  encoder.on('data', (chunk: Buffer) => {
    if (!write(chunk)) encoder.pause();
  });
  response.on('drain', () => {
    encoder.resume();
  });
  encoder.once('end', () => end());
  encoder.on('drain', () => response.emit('drain'));
  response.once('close', () => encoder.destroy());
  // biome-ignore lint/suspicious/noExplicitAny: node's overloads of write and end, passed on as they are
  response.write = (...chunk: any[]) => (encoder.write as any)(...chunk);
  // biome-ignore lint/suspicious/noExplicitAny: as above
  response.end = (...chunk: any[]) => {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    (encoder.end as any)(...chunk);
    return response;
  };
}
