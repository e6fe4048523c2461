// Ten thousand requests and frames by chance: never a 5xx, always JSON as it is declared, and nobody else takes notice.
import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messagesRoutes } from '../../functions/messages/routes.ts';
import { generalAnswers, type Route } from '../../functions/shared/http/route.ts';
import { url } from './application.ts';
import { repeated } from './effort.ts';
import { get, newChannel, sent, spans } from './messages-client.ts';
import { type FuzzRequest, frame, request } from './messages-fuzz-requests.ts';
import { about, type Listener, listen, listening } from './messages-listener.ts';

const TIMEOUT_MS = 120_000;
/** Always the same cases, unless `STACKYARD_SEED` says otherwise. */
const seed = Number(process.env.STACKYARD_SEED ?? 20_240);
const AT_ONCE = 20;
const settings = (cases: number) => ({ seed, numRuns: cases / AT_ONCE, endOnFailure: true });
/** In whole rounds. */
const cases = (of: number) => AT_ONCE * repeated(of / AT_ONCE);
const [REQUESTS, FRAMES, LAST_FRAMES] = [cases(7_000), cases(2_900), cases(100)];

const secure = url.startsWith('https:');
const agent = new (secure ? SecureAgent : Agent)({ keepAlive: true, maxSockets: AT_ONCE });

/** Unlike `fetch`, it sends paths and headers as they are. */
function ask({ method, path, headers, body }: FuzzRequest): Promise<{ status: number; type: string | undefined; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; type: string | undefined; body: string }>();
  (secure ? httpsRequest : httpRequest)(
    `${url}/`,
    { agent, method, path, headers: { ...headers, 'content-length': body.length } },
    (answer) =>
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'], body: said }), reject),
  )
    .on('error', reject)
    .end(body);
  return promise;
}

/** The route that serves a request, found as API Gateway does it; `.` and `..` are gone by then. */
function routeOf({ method, path }: FuzzRequest): Route | undefined {
  const [, id, ...more] = new URL(path, url).pathname.replace(/\/$/, '').split('/').slice(1);
  if (more.length > 0) return undefined;
  const { send, list, find } = messagesRoutes;
  if (id === undefined) return method === 'POST' ? send : method === 'GET' ? list : undefined;
  return method === 'GET' ? find : undefined;
}

function judge(sent: FuzzRequest, { status, type, body }: Awaited<ReturnType<typeof ask>>): void {
  const told = `${sent.method} ${sent.path} → ${status} ${type} ${body.slice(0, 300)}`;
  const route = routeOf(sent);
  expect(status, told).toBeLessThan(500);
  // `..` leads out of the system, to a page.
  if (!/^\/endpoint(\/|$)/.test(new URL(sent.path, url).pathname)) return;
  // API Gateway's own refusals come before any route: of paths that are not properly encoded, and of what no route has.
  const answers = route ? generalAnswers(route) : { 400: undefined, 404: undefined };
  expect(Object.keys(answers).concat('404'), told).toContain(String(status));
  expect(type, told).toBe('application/json');
  const value: unknown = JSON.parse(body);
  const declared = status === 404 ? undefined : route && generalAnswers(route)[status]?.body;
  if (declared && !declared.safeParse(value).success) expect(value, told).toEqual({ message: 'Bad Request' });
  if (!declared) expect(value, told).toEqual({ message: status === 404 ? 'not found' : 'Bad Request' });
}

/** Everything goes on for who listened from the beginning. */
async function unmoved(listener: Listener): Promise<void> {
  await listener.heard('stored', about(await sent('["after it all"]', newChannel())));
  const ids = listener.ids();
  expect(spans(ids)).toBe(ids.length === 1 ? `${ids[0]}` : `${ids[0]}-${ids.at(-1)}`);
  expect((await get('/healthz')).status).toBe(200);
}

test(`${REQUESTS} requests (seed ${seed})`, { timeout: TIMEOUT_MS }, () =>
  listening(1, async (listener) => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (requests) => {
        await Promise.all(requests.map(async (one) => judge(one, await ask(one))));
      }),
      settings(REQUESTS),
    );
    await unmoved(listener);
    agent.destroy();
  }),
);

/** One connection for all frames: none of them may end it. */
test(`${FRAMES} text frames, whole and in fragments, with pings between (seed ${seed})`, { timeout: TIMEOUT_MS }, () =>
  listening(2, async (listener, speaker) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(frame, fc.nat({ max: 5 })), { minLength: AT_ONCE, maxLength: AT_ONCE }), async (frames) => {
        const from = speaker.events.length;
        for (const [one, pieces] of frames) {
          const bytes = Buffer.from(one);
          if (pieces === 1) speaker.socket.ping(bytes.subarray(0, 125));
          const end = pieces === 0 ? 0 : Math.floor(bytes.length / 2);
          if (end > 0) speaker.socket.send(bytes.subarray(0, end), { fin: false, binary: false });
          speaker.socket.send(bytes.subarray(end), { fin: true, binary: false });
        }
        // Frames are not answered in the order in which they came; the errors of these may come later.
        speaker.say({ action: 'subscribe', channels: ['end'] });
        await speaker.heard('subscribed', ({ channels }) => channels?.join() === 'end', from);
        expect(speaker.socket.readyState).toBe(speaker.socket.OPEN);
      }),
      settings(FRAMES),
    );
    for (const event of speaker.events) expect(event.type).toBeOneOf(['received', 'stored', 'resumed', 'subscribed', 'error']);
    await unmoved(listener);
  }),
);

test(`${LAST_FRAMES} frames that end a connection (seed ${seed})`, { timeout: TIMEOUT_MS }, () =>
  listening(1, async (listener) => {
    const binary = fc.uint8Array({ maxLength: 1000 }).map((bytes): [Buffer, number] => [Buffer.from(bytes), 1003]);
    const large = fc.integer({ min: 32 * 1024 + 1, max: 300_000 }).map((size): [string, number] => ['x'.repeat(size), 1009]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(binary, large), { minLength: AT_ONCE, maxLength: AT_ONCE }), async (frames) => {
        await Promise.all(
          frames.map(async ([data, code]) => {
            const { socket, closed } = await listen();
            socket.send(data);
            expect(await closed).toBe(code);
          }),
        );
      }),
      settings(LAST_FRAMES),
    );
    await unmoved(listener);
  }),
);
