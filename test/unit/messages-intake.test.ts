// The way into the queue: what goes together, in which order, and what is refused alone.
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, expect, it } from 'vitest';
import { type Intake, intake } from '../../functions/messages/intake.ts';
import { keyOf } from '../../functions/messages/key.ts';
import { isTooDeep, queueable } from '../../functions/messages/payload.ts';
import { message } from './messages-stream-fixture.ts';

type Batch = SendMessageBatchCommand['input'];

let batches: Batch[];
let received: string[][];
let answer: (batch: Batch) => Promise<object>;
let accept: Intake['accept'];

beforeEach(() => {
  batches = [];
  received = [];
  answer = async () => ({});
  const sqs = {
    send: ({ input }: { readonly input: Batch }) => {
      batches.push(input);
      return answer(input);
    },
  } as unknown as SQSClient;
  const pushes = { received: async (all: readonly { key: string }[]) => void received.push(all.map(({ key }) => key)) };
  ({ accept } = intake(sqs, 'url', { ...pushes, stored: async () => undefined, ask: async () => undefined }, async () => undefined));
});

const keysOf = ({ Entries = [] }: Batch) => Entries.map(({ MessageDeduplicationId }) => MessageDeduplicationId);

it('sends at once what comes alone, in one group, with what the consumer needs', async () => {
  await accept({ ...message('a', 'x'), requestId: 'r' });
  expect(batches[0]?.Entries).toEqual([
    {
      Id: '0',
      MessageBody: '={"of":"a"}',
      MessageGroupId: 'all',
      MessageDeduplicationId: 'a',
      MessageAttributes: {
        key: { DataType: 'String', StringValue: 'a' },
        channel: { DataType: 'String', StringValue: 'x' },
        at: { DataType: 'String', StringValue: '2026-01-01T00:00:00.000Z' },
        'x-request-id': { DataType: 'String', StringValue: 'r' },
      },
    },
  ]);
});

it('sends together, in their order, what comes while a send is under way, ten at a time', async () => {
  const keys = Array.from({ length: 25 }, (_, index) => `m${index}`);
  await Promise.all(keys.map((key) => accept(message(key))));
  expect(batches.map(keysOf)).toEqual([keys.slice(0, 1), keys.slice(1, 11), keys.slice(11, 21), keys.slice(21)]);
  expect(received.flat()).toEqual(keys);
});

it('puts no more into a call than SQS takes', async () => {
  const large = (key: string) => ({ ...message(key), text: `"${'x'.repeat(250_000)}"` });
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => accept(large(key))));
  expect(batches.map(keysOf)).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f']]);
});

it('refuses what the queue refuses, and nothing else; listeners do not hear of it', async () => {
  answer = async ({ Entries = [] }) => ({
    Failed: Entries.filter(({ MessageDeduplicationId }) => MessageDeduplicationId === 'b').map(({ Id }) => ({
      Id,
      Code: 'InvalidMessageContents',
    })),
  });
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((key) => accept(message(key))));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(received.flat()).toEqual(['a', 'c']);
});

it('refuses all of a call that fails, and goes on with the next', async () => {
  answer = () => Promise.reject(new Error('away'));
  await expect(accept(message('a'))).rejects.toThrow('away');
  answer = async () => ({});
  await accept(message('b'));
  expect(received).toEqual([['b']]);
});

it('a key follows from the Idempotency-Key and the payload, or is new', () => {
  const attempt = { scope: 'POST /endpoint', payload: 'p', now: new Date() };
  const key = keyOf({ ...attempt, key: 'k' });
  expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
  expect(keyOf({ ...attempt, key: 'k' })).toBe(key);
  expect(new Set([key, keyOf({ ...attempt, key: 'l' }), keyOf({ ...attempt, key: 'k', payload: 'q' })]).size).toBe(3);
  expect(keyOf({ ...attempt, key: undefined })).not.toBe(keyOf({ ...attempt, key: undefined }));
});

it('depth is counted outside of strings', () => {
  expect(isTooDeep('['.repeat(500) + ']'.repeat(500))).toBe(false);
  expect(isTooDeep('['.repeat(501) + ']'.repeat(501))).toBe(true);
  expect(isTooDeep(JSON.stringify(['['.repeat(1000), '\\"['.repeat(600)]))).toBe(false);
  expect(isTooDeep('[[],'.repeat(400))).toBe(false);
});

it('what SQS does not take is escaped', () => {
  expect(queueable('["\uFFFE\uFFFFä"]')).toBe('["\\ufffe\\uffffä"]');
});
