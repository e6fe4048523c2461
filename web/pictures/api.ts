// The pictures API as the pages use it: hand a picture in, ask for its state, fetch the result.
import { get, json, postJson, RequestFailed, unexpected } from '../frame/http.ts';
import { bytes } from '../frame/measures.ts';
import { type FieldErrors, largestRequest, type Settings } from './limits.ts';
import { parseErrors } from './python-dict.ts';
import { type Shown, show } from './shown.ts';

/** The server found the input wrong: one sentence a field. */
export class InputRejected extends Error {
  readonly fields: FieldErrors;

  constructor(fields: FieldErrors) {
    super('Input rejected');
    this.fields = fields;
  }
}

export type JobState =
  | { state: 'unknown' | 'queued' | 'processing' | 'done' }
  | { state: 'failed'; reason: string; requestId: string | null };

/**
 * POST /api/ and its 201.
 * @param idempotencyKey the same for every try of one order, so that it is carried out once
 * @param onSent gets the sent share, 0..1
 * @throws InputRejected for a 400 that names fields, RequestFailed for everything else
 */
export async function submit(file: File, settings: Settings, idempotencyKey: string, onSent: (fraction: number) => void): Promise<string> {
  const body = JSON.stringify({
    image: await base64(file),
    width: Number(settings.width),
    height: Number(settings.height),
    fit: settings.fit,
    format: settings.format,
  });
  const answer = await postJson('/api/', body, idempotencyKey, onSent);
  const id = answer.header('identifier');
  if (answer.status === 201 && id !== null) return id;
  if (answer.status === 400) {
    const fields = parseErrors(answer.header('status') ?? '');
    if (Object.keys(fields).length > 0)
      throw new InputRejected(Object.fromEntries(Object.entries(fields).map(([field, errors]) => [field, errors.join(' ')])));
  }
  if (answer.status === 413)
    throw new RequestFailed(`The picture is larger than the server takes (${bytes(largestRequest)}).`, answer.requestId);
  throw unexpected(answer);
}

/** GET /api/{id}, leaving out the picture that its 200 holds: the page fetches the bytes themselves. */
export async function jobState(id: string, signal: AbortSignal): Promise<JobState> {
  const answer = await get(`/api/${encodeURIComponent(id)}`, { signal, readBody: (status) => status !== 200 });
  if (answer.status === 200) return { state: 'done' };
  if (answer.status !== 202 && answer.status !== 422) throw unexpected(answer);
  const told = (await json(answer)) as { status?: string; error?: string };
  if (answer.status === 422) return { state: 'failed', reason: told.error ?? 'No reason given.', requestId: answer.requestId };
  return { state: told.status === 'queued' || told.status === 'processing' ? told.status : 'unknown' };
}

/** GET /api/{id}/image. The caller revokes the object URL. */
export async function fetchResult(id: string, signal: AbortSignal): Promise<Shown> {
  const answer = await get(`/api/${encodeURIComponent(id)}/image`, { signal, deadline: 30_000 });
  if (answer.status !== 200) throw unexpected(answer);
  return show(answer.body);
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new RequestFailed('The file cannot be read any more. Choose it again.'));
    reader.readAsDataURL(file);
  });
}
