// A light: of a layer, of a connection. The three conditions differ in shape, word and colour.
import type { Condition } from '../icon.ts';

const shapes = {
  up: <circle cx="12" cy="12" r="9" />,
  down: (
    <>
      <path d="M12 2l11 20H1z" />
      <path class="mark" d="M12 9v6m0 2v2" />
    </>
  ),
  unknown: <circle cx="12" cy="12" r="9" stroke-dasharray="4 3" />,
} as const;

export const Lamp = ({ condition }: { condition: Condition }) => (
  <svg class={`lamp ${condition}`} viewBox="0 0 24 24" aria-hidden="true">
    {shapes[condition]}
  </svg>
);
