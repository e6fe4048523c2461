// The @connections API (W7, W9): what functions do with connections.
import type { Socket } from 'node:net';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameWatch } from '../../local/gateway/websocket/frame-watch.ts';
import { eventually } from '../support/eventually.ts';
import { exchange, send } from './raw-http.ts';
import { command, type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';

const KiB = 1024;
const NOBODY = 'AAAAAAAAAAAAAAA=';
let fixture: WebSocketFixture;
let sdk: ApiGatewayManagementApiClient;
beforeAll(async () => {
  fixture = await webSocketFixture();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  sdk = new ApiGatewayManagementApiClient({ endpoint: fixture.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  sdk.destroy();
  await fixture.stop();
});

describe('through the SDK', () => {
  it('W9: POST sends a text frame to that connection only', async () => {
    const [one, other] = [await fixture.connected(), await fixture.connected()];
    await sdk.send(new PostToConnectionCommand({ ConnectionId: one.id, Data: '{"text":"grüße"}' }));
    await sdk.send(new PostToConnectionCommand({ ConnectionId: other.id, Data: '2' }));
    expect(await one.next()).toEqual({ text: 'grüße' });
    expect(await other.next()).toBe(2);
    expect([one.received.length, other.received.length]).toEqual([1, 1]);
  });

  it('W9: GET tells since when it is there, when it was last active and who it is', async () => {
    const client = await fixture.connected('/live', { headers: { 'User-Agent': 'tests' } });
    const first = await sdk.send(new GetConnectionCommand({ ConnectionId: client.id }));
    expect(first.Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'tests' });
    expect(Date.now() - Number(first.ConnectedAt)).toBeLessThan(10_000);
    client.socket.send('active');
    await eventually(async () => {
      const later = await sdk.send(new GetConnectionCommand({ ConnectionId: client.id }));
      return Number(later.LastActiveAt) > Number(first.LastActiveAt) && Number(later.ConnectedAt) === Number(first.ConnectedAt);
    });
  });

  it('W9: DELETE closes it with 1000, and $disconnect follows', async () => {
    const client = await fixture.connected();
    await sdk.send(new DeleteConnectionCommand({ ConnectionId: client.id }));
    expect(await client.closed).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    const isIt = ({ requestContext }: { requestContext: Record<string, unknown> }) =>
      requestContext.eventType === 'DISCONNECT' && requestContext.connectionId === client.id;
    const events = await fixture.sink.until((all) => all.some(isIt));
    expect(events.find(isIt).requestContext).toMatchObject({ disconnectStatusCode: 1000, disconnectReason: 'Connection Closed Normally' });
  });

  it('W9: an unknown connection, or one that has ended, is Gone for each of them', async () => {
    const ended = await fixture.connected();
    ended.socket.close();
    await ended.closed;
    for (const ConnectionId of [NOBODY, ended.id]) {
      await eventually(async () => (await command(fixture.endpoint, 'GET', ConnectionId)).status === 410);
      for (const Command of [GetConnectionCommand, DeleteConnectionCommand])
        await expect(sdk.send(new Command({ ConnectionId }))).rejects.toBeInstanceOf(GoneException);
      await expect(sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))).rejects.toBeInstanceOf(GoneException);
    }
  });

  it('W7: 128 KB arrive, in frames of 32 KB; more is too large, and the connection stays', async () => {
    const client = await fixture.connected();
    let tooLong = false;
    const { _socket } = client.socket as unknown as { readonly _socket: Socket };
    _socket.prependListener(
      'data',
      frameWatch(() => (tooLong = true)),
    );
    const Data = JSON.stringify('x'.repeat(128 * KiB - 2));
    await sdk.send(new PostToConnectionCommand({ ConnectionId: client.id, Data }));
    expect(await client.next()).toHaveLength(128 * KiB - 2);
    const tooLarge = new PostToConnectionCommand({ ConnectionId: client.id, Data: 'x'.repeat(128 * KiB + 1) });
    await expect(sdk.send(tooLarge)).rejects.toBeInstanceOf(PayloadTooLargeException);
    await sdk.send(new PostToConnectionCommand({ ConnectionId: client.id, Data: '1' }));
    expect(await client.next()).toBe(1);
    expect(tooLong).toBe(false);
  });
});

describe('on the wire', () => {
  it('W9: Gone is a 410 with its type in a header', async () => {
    const answer = await command(fixture.endpoint, 'POST', NOBODY, 'x');
    expect(answer.status).toBe(410);
    expect(answer.headers.get('x-amzn-errortype')).toBe('GoneException');
    expect(await answer.json()).toEqual({ message: 'Gone' });
  });

  it('W9: a connection is known only under its own stage', async () => {
    const { id } = await fixture.connected();
    expect((await command(fixture.endpoint.replace(/live$/, 'other'), 'GET', id)).status).toBe(410);
  });

  it('W9: answers several requests on one socket in their order, without waiting for each', async () => {
    const client = await fixture.connected();
    const path = `/live/@connections/${encodeURIComponent(client.id)}`;
    const post = (body: string) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const last = `GET /live/@connections/${encodeURIComponent(NOBODY)} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const received = await exchange(fixture.endpoint, [post('1'), post('22'), post('333'), last].join(''), 'GoneException');
    expect([...received.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status)).toEqual(['200', '200', '200', '410']);
    expect([await client.next(), await client.next(), await client.next()]).toEqual([1, 22, 333]);
  });

  it("W9: answers at the edge, too, under the API's own domain", async () => {
    const client = await fixture.connected();
    const Host = `${fixture.host.ref('Socket')}.execute-api.us-east-1.amazonaws.com`;
    const path = `/live/%40connections/${encodeURIComponent(client.id)}`;
    expect(await send(fixture.host.url, path, { method: 'POST', body: '"edge"', headers: ['Host', Host] })).toMatchObject({ status: 200 });
    expect(await client.next()).toBe('edge');
    const expecting = `POST ${path} HTTP/1.1\r\nHost: ${Host}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n`;
    expect(await exchange(fixture.host.url, expecting, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 100 /);
    expect(await send(fixture.host.url, path, { method: 'PUT', body: 'x', headers: ['Host', Host] })).toMatchObject({ status: 403 });
  });

  it('W9: text that is not UTF-8 does not end the connection', async () => {
    const client = await fixture.connected();
    expect((await command(fixture.endpoint, 'POST', client.id, Buffer.from([0x22, 0xff, 0x22]))).status).toBe(200);
    expect(await client.next()).toBe('\ufffd');
  });
});
