// Questions of the same moment go to the cache together, each once.

interface Asking<Answer> {
  /** Each with its place among the answers. */
  readonly places: Map<string, number>;
  readonly answers: Promise<readonly Answer[] | undefined>;
}

/**
 * Nobody joins what has been sent already: an answer may have changed since, and whoever asks later must not get the one before. Undefined where
 * `ask` gives none.
 */
export function gathering<Answer>(ask: (questions: string[]) => Promise<readonly Answer[] | undefined>) {
  let asking: Asking<Answer> | undefined;

  function begin(): Asking<Answer> {
    const places = new Map<string, number>();
    const { promise: sent, resolve: send } = Promise.withResolvers<void>();
    // After all events that wait to be read by this thread now.
    setImmediate(send);
    const answers = sent.then(() => {
      asking = undefined;
      return ask([...places.keys()]);
    });
    return { places, answers };
  }

  return async (question: string): Promise<Answer | undefined> => {
    asking ??= begin();
    const { places, answers } = asking;
    const place = places.get(question) ?? places.size;
    places.set(question, place);
    return (await answers)?.[place];
  };
}
