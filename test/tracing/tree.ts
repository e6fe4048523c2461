// A trace as lines of text: each span as `kind service name`, indented below the one that it belongs to.
import type { CollectedSpan } from '../support/otlp-collector.ts';

/** Queues are named by the stack that made them: what of that name says what it is for. */
const plain = (name: string): string => name.replace(/ \S*(Inbox|Pushes|Jobs)\S*$/, ' $1');

export const nameOf = ({ kind, service, name }: CollectedSpan): string => `${kind} ${service} ${plain(name)}`;

/** Beginning with the spans whose parent is none of `spans`. Siblings stand in alphabetical order: clocks of functions may disagree. */
export function treeOf(spans: readonly CollectedSpan[]): string[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const below = (isChild: (span: CollectedSpan) => boolean, depth: number): string[] =>
    spans
      .filter(isChild)
      .map((span) => [`${'  '.repeat(depth)}${nameOf(span)}`, ...below(({ parentSpanId }) => parentSpanId === span.spanId, depth + 1)])
      .sort(([one = ''], [other = '']) => one.localeCompare(other))
      .flat();
  return below(({ parentSpanId }) => !ids.has(parentSpanId), 0);
}
