// `node scripts/cat-upstream.ts --port 9000`: the stub of thecatapi.com with faults on demand, to try by hand what a bad upstream does.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { jobs } from '../functions/cats/routes.ts';
import { type Fault, type FaultKind, faultKinds } from '../test/support/upstream/faults.ts';
import { createUpstream } from '../test/support/upstream/upstream.ts';

const kinds = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];

const HELP = `Serves the stub of thecatapi.com v1 on 127.0.0.1 until Ctrl-C:

  node scripts/cat-upstream.ts [--port 9000]
  CAT_API_URL=http://127.0.0.1:9000/v1 npm start

Faults, in place of those before:

  curl -X PUT http://127.0.0.1:9000/faults -d '[{"job": "breeds", "kind": "500", "times": 2}]'
  curl -X DELETE http://127.0.0.1:9000/faults

job: ${jobs.join(', ')}
times: requests that it spoils (all of them without it); after: requests that pass first; retryAfterSeconds: of 429s
kind:
${kinds.map((kind) => `  ${kind.padEnd(20)}${faultKinds[kind]}`).join('\n')}
`;

const Faults = z.array(
  z.strictObject({
    job: z.enum(jobs),
    kind: z.enum(kinds),
    times: z.int().min(1).exactOptional(),
    after: z.int().min(0).exactOptional(),
    retryAfterSeconds: z.int().min(0).exactOptional(),
  }),
);

const { values } = parseArgs({ options: { port: { type: 'string', default: '9000' }, help: { type: 'boolean', default: false } } });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const upstream = createUpstream();

async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refused = (status: number, why: string) => void response.writeHead(status, { 'content-type': 'text/plain' }).end(`${why}\n`);
  let faults: readonly Fault[] = [];
  if (request.method === 'PUT') {
    const read = Faults.safeParse(asJson(await text(request)));
    if (!read.success) return refused(400, z.prettifyError(read.error));
    faults = read.data;
  } else if (request.method !== 'DELETE') return refused(405, 'PUT or DELETE');
  upstream.heal();
  upstream.release();
  for (const fault of faults) upstream.fault(fault);
  response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify(faults)}\n`);
}

/** Undefined where it is none: then it is no list of faults either. */
function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const server = createServer((request, response) => {
  if (request.url === '/faults') return void control(request, response);
  upstream.listener(request, response);
  const asked = upstream.requests.at(-1);
  process.stdout.write(`${request.method} ${request.url}${asked?.fault ? `: ${asked.fault.kind}` : ''}\n`);
});
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
server.listen(Number(values.port), '127.0.0.1', () => {
  process.stdout.write(`the stub of thecatapi.com is at http://127.0.0.1:${values.port}/v1 (Ctrl-C ends it)\n`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
