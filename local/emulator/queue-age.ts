// How long the oldest message of an emulator's queue has waited, by the emulator's own look into queues that takes nothing out.

interface Message {
  readonly Attribute?: readonly { readonly Name: string; readonly Value: string }[];
}

/** Seconds since it was sent; undefined where the queue is empty, unknown, or the emulator has no such look. */
export async function oldestMessageAge(endpoint: string, region: string, queueName: string): Promise<number | undefined> {
  const queue = encodeURIComponent(`${endpoint}/queue/${region}/000000000000/${queueName}`);
  const response = await fetch(`${endpoint}/_aws/sqs/messages?QueueUrl=${queue}&ShowInvisible=true`, {
    headers: { accept: 'application/json' },
  });
  if (!response.ok) return undefined;
  const sent = messagesOf(await response.json()).flatMap(sentTimestamp);
  return sent.length === 0 ? undefined : Math.max(0, (Date.now() - Math.min(...sent)) / 1000);
}

/** JSON made from XML: one message comes alone, several as a list. */
function messagesOf(answer: unknown): readonly Message[] {
  const { Message: found } = (answer as { ReceiveMessageResponse?: { ReceiveMessageResult?: { Message?: Message | Message[] } } })
    ?.ReceiveMessageResponse?.ReceiveMessageResult ?? { Message: undefined };
  return found === undefined ? [] : [found].flat();
}

function sentTimestamp({ Attribute = [] }: Message): number[] {
  const value = Attribute.find(({ Name }) => Name === 'SentTimestamp')?.Value;
  return value === undefined ? [] : [Number(value)];
}
