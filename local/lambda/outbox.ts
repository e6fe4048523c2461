// Messages to another thread, gathered for as long as this one has work at hand: waking a thread costs more than most messages.

export interface Outbox<Message> {
  /** Leaves at the end of this turn of the event loop. */
  send(message: Message): void;
  /** Leaves now, with what waits before it. */
  sendNow(message: Message): void;
  flush(): void;
}

export function outbox<Message>(post: (messages: readonly Message[]) => void): Outbox<Message> {
  let waiting: Message[] = [];
  const flush = () => {
    if (waiting.length === 0) return;
    const messages = waiting;
    waiting = [];
    post(messages);
  };
  return {
    send(message) {
      if (waiting.push(message) === 1) setImmediate(flush);
    },
    sendNow(message) {
      waiting.push(message);
      flush();
    },
    flush,
  };
}
