// A dead letter shows in `/metrics`, and no longer when it is gone.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListQueuesCommand, PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localStage, projectRoot, synthesize } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { type RunningHost, start } from '../../local/start.ts';
import { eventually } from '../support/eventually.ts';
import { samplesOf, total } from '../support/exposition.ts';

let folder: string;
let running: RunningHost;
let sqs: SQSClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stackyard-dead-letters-'));
  const log = createLog('error', () => undefined);
  const toolsDir = join(projectRoot, '.stackyard/tools');
  running = await start({
    assembly: synthesize({ ...localStage('sqs'), log }),
    dataDir: join(folder, 'host'),
    toolsDir,
    kafka: false,
    log,
  });
  sqs = new SQSClient({
    endpoint: running.host.storage.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  sqs?.destroy();
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function queueNamed(part: string): Promise<string> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  return QueueUrls.find((url) => url.includes(part)) ?? `no queue is named ${part}`;
}
const deadLetters = async (queue: string) =>
  total(samplesOf(await (await fetch(`${running.url}/metrics`)).text()), 'queue_dead_letters', { queue });
const becomes = (count: number) => eventually(async () => (await deadLetters('messages')) === count);

it('a message that is none is counted at its queue, and at no other', async () => {
  const before = await deadLetters('messages');
  const [inbox, dead] = [await queueNamed('MessagesInboxQueue'), await queueNamed('MessagesInboxDeadQueue')];
  await sqs.send(
    new SendMessageCommand({ QueueUrl: inbox, MessageBody: 'poison', MessageGroupId: 'all', MessageDeduplicationId: randomUUID() }),
  );

  await becomes(before + 1);
  expect([await deadLetters('pushes'), await deadLetters('picture-jobs')]).toEqual([0, 0]);
  await sqs.send(new PurgeQueueCommand({ QueueUrl: dead }));
  await becomes(0);
});
