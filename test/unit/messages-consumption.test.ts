// From the queue into the table: what is refused, what is tried again, what is announced.
import type { SQSRecord } from 'aws-lambda';
import { beforeEach, expect, it } from 'vitest';
import { consumption } from '../../functions/messages/consumption.ts';
import type { Message, StoredMessage } from '../../functions/messages/message.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function record(n: number, more: { readonly body?: string; readonly channel?: string } = {}): SQSRecord {
  const attribute = (stringValue: string) => ({ dataType: 'String', stringValue, stringListValues: [], binaryListValues: [] });
  return {
    messageId: `record-${n}`,
    body: more.body ?? `=[${n}]`,
    attributes: { MessageGroupId: 'all' },
    messageAttributes: {
      key: attribute(uuid(n)),
      channel: attribute(more.channel ?? 'default'),
      at: attribute('2026-01-01T00:00:00.000Z'),
      'x-request-id': attribute(`request-${n}`),
    },
  } as unknown as SQSRecord;
}

const refusal = (errno: number) => Object.assign(new Error(`error ${errno}`), { errno });

let table: Message[];
let announced: StoredMessage[][];
let aside: string[];
/** What the next calls of `store` fail with. */
let failures: Error[];
/** Keys that the database never takes. */
let indigestible: Set<string>;
let pauses: number;

const consume = (records: readonly SQSRecord[], isInTime = () => true) =>
  consumption({
    messages: {
      async store(batch) {
        const failure = failures.shift();
        if (failure) throw failure;
        if (batch.some(({ key }) => indigestible.has(key))) throw refusal(1366);
        for (const one of batch) if (!table.some(({ key }) => key === one.key)) table.push(one);
        return batch.map((one) => ({ ...one, id: table.findIndex(({ key }) => key === one.key) + 1 }));
      },
    },
    pushes: { stored: async (messages) => void announced.push([...messages]) },
    deadLetters: { put: async ({ messageId }) => void aside.push(messageId) },
    pause: async () => void pauses++,
  })(records, isInTime);

beforeEach(() => {
  table = [];
  announced = [];
  aside = [];
  failures = [];
  indigestible = new Set();
  pauses = 0;
});

it('stores a batch in its order and announces all of it', async () => {
  await consume([record(1), record(2, { channel: 'x' }), record(3)]);
  expect(announced).toEqual([
    [
      { id: 1, key: uuid(1), channel: 'default', text: '[1]', at: '2026-01-01T00:00:00.000Z', requestId: 'request-1' },
      expect.objectContaining({ id: 2, channel: 'x' }),
      expect.objectContaining({ id: 3 }),
    ],
  ]);
});

it('announces again what comes again, in the order of the ids', async () => {
  await consume([record(1), record(2)]);
  await consume([record(3), record(1)]);
  expect(announced[1]?.map(({ id }) => id)).toEqual([1, 3]);
  expect(table).toHaveLength(3);
});

it.each([
  ['no JSON', record(2, { body: '={' })],
  ['a JSON that is no payload', record(2, { body: '=7' })],
  ['a payload without its mark', record(2, { body: '[2]' })],
  ['no channel', record(2, { channel: 'ä' })],
])('puts %s aside and stores the others', async (_, poison) => {
  await consume([record(1), poison, record(3)]);
  expect(aside).toEqual(['record-2']);
  expect(table.map(({ text }) => text)).toEqual(['[1]', '[3]']);
});

it('puts aside what the database refuses, each for itself, and stores the others in their order', async () => {
  indigestible.add(uuid(2));
  await consume([record(1), record(2), record(3)]);
  expect(aside).toEqual(['record-2']);
  expect(announced).toEqual([[expect.objectContaining({ id: 1 }), expect.objectContaining({ id: 2, text: '[3]' })]]);
});

it('announces nothing where nothing is left', async () => {
  await consume([record(1, { body: '' })]);
  expect(announced).toEqual([]);
});

it('tries again while the database is away and there is time', async () => {
  failures.push(refusal(1053), Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
  await consume([record(1)]);
  expect(pauses).toBe(2);
  expect(table).toHaveLength(1);
});

it('gives the batch back when the time is over, and puts nothing aside', async () => {
  failures.push(refusal(1053));
  await expect(consume([record(1)], () => false)).rejects.toThrow('error 1053');
  expect({ aside, announced }).toEqual({ aside: [], announced: [] });
});

it('gives the batch back where something is wrong that time or a person mends', async () => {
  failures.push(refusal(1146));
  await expect(consume([record(1)])).rejects.toThrow('error 1146');
  expect(aside).toEqual([]);
});
