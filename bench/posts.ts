// Posts to connections: the AWS SDK's client against the application's own poster, to the same server, in turns.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { poster } from '../functions/messages/live/poster.ts';
import { publish } from './results.ts';
import { median } from './statistics.ts';

const CONNECTIONS = 200;
const BATCHES = 20;
const ROUNDS = 5;
const frame = Buffer.alloc(3_000, 'x');

Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' });
const server = createServer((request, response) => request.resume().once('end', () => response.end()));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
const region = 'us-east-1';
const client = new ApiGatewayManagementApiClient({ endpoint, region, credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' } });
const own = poster({ endpoint, region });

const ways = {
  'AWS SDK': (ConnectionId: string) => client.send(new PostToConnectionCommand({ ConnectionId, Data: frame })),
  poster: (id: string) => own.post(id, frame),
};
const spent: Record<string, number[]> = {};
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, post] of Object.entries(ways)) {
    const before = process.cpuUsage();
    for (let batch = 0; batch < BATCHES; batch++)
      await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => post(`connection${index}=`)));
    const { user, system } = process.cpuUsage(before);
    // The first round compiles.
    if (round >= 0) spent[name] = [...(spent[name] ?? []), (user + system) / BATCHES / CONNECTIONS];
  }
}
const micros = (name: string) => median(spent[name] ?? []);
publish('posts', {
  title: 'Posts to connections',
  method: `\`node bench/posts.ts\`. ${BATCHES} batches of ${CONNECTIONS} posts of ${frame.length} bytes to a bare node:http server in the same process; processor time a post, the server's part included. In turns, the median of ${ROUNDS} rounds after one to warm up.`,
  columns: ['client', 'processor time a post', 'of the SDK’s'],
  rows: Object.keys(ways).map((name) => [name, `${micros(name).toFixed(0)} µs`, (micros(name) / micros('AWS SDK')).toFixed(2)]),
  findings: [`The poster takes ${(micros('poster') / micros('AWS SDK')).toFixed(2)} of the SDK's time.`],
});
process.exit(0);
