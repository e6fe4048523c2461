// What was promised, against what is stored, against what each listener heard.
import type { Heard, Listener } from './listener.ts';
import type { Promised } from './sender.ts';

/** Every message as the list gives it, page by page. */
export async function list(url: string): Promise<{ readonly id: number; readonly text: string }[]> {
  const all: { id: number; text: string }[] = [];
  for (let path: string | undefined = '/endpoint/'; path !== undefined; ) {
    const answer: Response = await fetch(`${url}${path}`);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    const { message } = (await answer.json()) as { message: [number, unknown][] };
    all.push(...message.map(([id, value]) => ({ id, text: JSON.stringify(value) })));
    path = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return all;
}

/** Sentences; none where all is well. */
export function contradictions(
  stored: readonly { id: number; text: string }[],
  promised: readonly Promised[],
  listeners: readonly Listener[],
): string[] {
  const problems = listeners.flatMap(({ problems }, index) => problems.map((problem) => `listener ${index} ${problem}`));
  stored.forEach(({ id }, index) => {
    if (id !== index + 1) problems.push(`the list has id ${id} at place ${index + 1}`);
  });
  const told = listeners[0]?.heard ?? [];
  for (const [index, { heard }] of listeners.entries()) problems.push(...differences(`listener ${index}`, heard, stored));
  const byKey = Map.groupBy(told, ({ key }) => key);
  for (const { key, channel, number } of promised) {
    const copies = byKey.get(key) ?? [];
    if (copies.length !== 1) problems.push(`message ${number} of ${channel} was answered 200 and is stored ${copies.length} times`);
    else if (copies[0]?.text !== JSON.stringify({ channel, number }))
      problems.push(`message ${number} of ${channel} is stored as ${copies[0]?.text}`);
  }
  return [...problems, ...disorder(told, promised)];
}

function differences(who: string, heard: readonly Heard[], stored: readonly { id: number; text: string }[]): string[] {
  if (heard.length !== stored.length) return [`${who} heard ${heard.length} of ${stored.length} messages`];
  const wrong = heard.findIndex(({ text }, index) => text !== stored[index]?.text);
  return wrong === -1 ? [] : [`${who} heard ${heard[wrong]?.text} as message ${wrong + 1}, the list says ${stored[wrong]?.text}`];
}

/** A sender sends the next message when it has the answer to the last: within a channel the ids follow the numbers. */
function disorder(told: readonly Heard[], promised: readonly Promised[]): string[] {
  const numbers = new Map(promised.map(({ key, number }) => [key, number]));
  const last = new Map<string, number>();
  const problems: string[] = [];
  for (const { key, channel, id } of told) {
    const number = numbers.get(key);
    if (number === undefined) continue;
    if (number < (last.get(channel) ?? -1)) problems.push(`message ${number} of ${channel} has id ${id}, after ${last.get(channel)}`);
    last.set(channel, number);
  }
  return problems;
}
