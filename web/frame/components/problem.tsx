// A failure in words: what happened, what to do next, and the request id for whoever reads the logs.
import type { ComponentChildren } from 'preact';

export function Problem(props: { title: string; requestId?: string | null; children?: ComponentChildren }) {
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{props.title}</strong>
      </p>
      {props.children}
      {props.requestId ? (
        <p class="hint">
          Request id <code>{props.requestId}</code>
        </p>
      ) : null}
    </div>
  );
}
