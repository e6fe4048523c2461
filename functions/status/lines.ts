// How to ask each layer: the cheapest question that only a working server can answer.
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { Admin } from '@platformatic/kafka';
import mysql from 'mysql2/promise';
import { sqs } from '../shared/aws.ts';
import { redis } from '../shared/cache.ts';
import { connectionOptions } from '../shared/database.ts';
import { kafkaOptions } from '../shared/kafka.ts';
import type { Line } from './probe.ts';

export async function databaseLine(deadlineMs: number): Promise<Line> {
  const connection = await mysql.createConnection({ ...(await connectionOptions()), connectTimeout: deadlineMs });
  // A connection that breaks between two questions must not end the environment; the next question finds out.
  connection.on('error', () => undefined);
  return { ask: () => connection.query('SELECT 1'), close: () => connection.destroy() };
}

export async function cacheLine(deadlineMs: number): Promise<Line> {
  const client = redis(deadlineMs);
  client.on('error', () => undefined);
  await client.connect();
  return { ask: () => client.ping(), close: () => client.disconnect() };
}

export async function kafkaLine(deadlineMs: number): Promise<Line> {
  const admin = new Admin({ ...(await kafkaOptions()), connectTimeout: deadlineMs, requestTimeout: deadlineMs, retries: 0, strict: false });
  return { ask: () => admin.metadata({ topics: [], forceUpdate: true }), close: () => void admin.close().catch(() => undefined) };
}

export async function queueLine(queueUrl: string, deadlineMs: number): Promise<Line> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] });
  return { ask: () => sqs().send(command, { abortSignal: AbortSignal.timeout(deadlineMs) }), close: () => undefined };
}
