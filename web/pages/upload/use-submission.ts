// Sending a picture: one submission at a time, from the press of the button to the id of its job.
import { useRef, useState } from 'preact/hooks';
import { newIdempotencyKey, RequestFailed } from '../../frame/http.ts';
import { InputRejected, submit } from '../../pictures/api.ts';
import { type FieldErrors, type Settings, sideError, texts } from '../../pictures/limits.ts';

export type Submission =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' /** 0..1 */; readonly sent: number }
  | { readonly state: 'accepted'; readonly id: string }
  | { readonly state: 'rejected'; readonly errors: FieldErrors }
  | { readonly state: 'broken'; readonly problem: RequestFailed };

export function useSubmission() {
  const [submission, setSubmission] = useState<Submission>({ state: 'idle' });
  const unanswered = useRef<Order | undefined>(undefined);

  /** Resolves with the job's id, or with nothing where the person has to act first. */
  async function send(file: File | undefined, settings: Settings): Promise<string | undefined> {
    const errors = inputErrors(file, settings);
    if (file === undefined || Object.keys(errors).length > 0) return void setSubmission({ state: 'rejected', errors });
    setSubmission({ state: 'sending', sent: 0 });
    const order = orderOf(file, settings);
    // An order that got no answer may have arrived: sent again it keeps its key, so that it is carried out once.
    if (unanswered.current?.content !== order.content) unanswered.current = order;
    try {
      const id = await submit(file, settings, unanswered.current.key, (sent) => setSubmission({ state: 'sending', sent }));
      unanswered.current = undefined;
      setSubmission({ state: 'accepted', id });
      return id;
    } catch (error) {
      if (error instanceof InputRejected) return void setSubmission({ state: 'rejected', errors: error.fields });
      if (error instanceof RequestFailed) return void setSubmission({ state: 'broken', problem: error });
      throw error;
    }
  }

  return { submission, send, reset: () => setSubmission({ state: 'idle' }) };
}

interface Order {
  readonly content: string;
  readonly key: string;
}

const orderOf = ({ name, size, lastModified }: File, settings: Settings): Order => ({
  content: JSON.stringify([name, size, lastModified, settings]),
  key: newIdempotencyKey(),
});

/** What can be told without asking the server, in its own words. */
function inputErrors(file: File | undefined, settings: Settings): FieldErrors {
  const width = sideError(settings.width);
  const height = sideError(settings.height);
  return { ...(file ? {} : { image: texts.missing }), ...(width ? { width } : {}), ...(height ? { height } : {}) };
}
