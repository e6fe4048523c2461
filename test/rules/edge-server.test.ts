// The host's door itself: its port, its end, what it says where nobody answers.
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeServer } from '../../local/gateway/edge-server.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { exchange, send } from './raw-http.ts';
import { restApiTemplate } from './rest-template.ts';

const slow = nodeFunction(
  'export const handler = () => new Promise((resolve) => setTimeout(resolve, 400, { statusCode: 200, body: "done" }));',
);

let fixture: FixtureHost;
beforeAll(async () => {
  fixture = await hostFixture({ Slow: slow, ...restApiTemplate({ 'GET /slow': 'Slow' }) });
});
afterAll(() => fixture.stop());

describe('the edge server', () => {
  it('names the port and the option where the port is taken', async () => {
    const port = Number(new URL(fixture.url).port);
    const host = { ...fixture.host, options: { ...fixture.host.options, port } };
    await expect(edgeServer(host)).rejects.toThrow(
      `Port ${port} is taken by another program. End that one, or choose another port with --port.`,
    );
  });

  it('finishes what is in flight when it stops, and then lets go of kept-alive connections', async () => {
    const edge = await edgeServer(fixture.host);
    const socket = connect(Number(new URL(edge.url).port), '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    let received = '';
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    // The server has the request once a second one, sent after it, is answered.
    await send(edge.url, '/unknown');
    const closed = once(socket, 'close');
    await edge.stop(5_000);
    await closed;
    expect(received).toContain('done');
    await expect(send(edge.url, '/slow')).rejects.toThrow('ECONNREFUSED');
  });

  it('cuts off what does not end in time', async () => {
    const edge = await edgeServer(fixture.host);
    const cut = expect(send(edge.url, '/slow')).rejects.toThrow();
    await send(edge.url, '/unknown');
    await edge.stop(10);
    await cut;
  });

  it('refuses an upgrade where nobody takes one', async () => {
    const head = 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await exchange(fixture.url, head, '\r\n\r\n')).toContain('HTTP/1.1 404');
  });

  it('takes a request in absolute form, as proxies send it', async () => {
    expect(await exchange(fixture.url, 'GET http://localhost/slow HTTP/1.1\r\nHost: localhost\r\n\r\n', 'done')).toContain('HTTP/1.1 200');
  });
});
