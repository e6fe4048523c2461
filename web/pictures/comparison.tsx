// Before and after: one over the other with a slider where they have the same proportions, else side by side.
import { useState } from 'preact/hooks';
import { Picture } from './picture.tsx';
import { measures, type Shown, type Size } from './shown.ts';

export function Comparison({ before, after }: { before: Shown; after: Shown }) {
  if (before.size !== undefined && after.size !== undefined && sameProportions(before.size, after.size)) {
    return <Overlay before={before} after={after} size={before.size.width > after.size.width ? before.size : after.size} />;
  }
  return (
    <div class="pair">
      <Picture shown={before} title="Before" />
      <Picture shown={after} title="After" />
    </div>
  );
}

/** Rounding to whole pixels moves the proportions by up to half a pixel of the smaller picture, which is more of the larger one. */
function sameProportions(a: Size, b: Size): boolean {
  const [small, large] = a.width < b.width ? [a, b] : [b, a];
  return Math.abs((large.height * small.width) / large.width - small.height) <= 1;
}

/** `size`: the larger one's, so that the smaller one shows what it lost. */
function Overlay({ before, after, size }: { before: Shown; after: Shown; size: Size }) {
  const [split, setSplit] = useState(50);
  return (
    <figure class="plate overlay" style={{ '--split': `${split}%`, '--width': size.width, '--height': size.height }}>
      <div class="layers">
        <img src={after.url} alt="After" />
        <img class="before" src={before.url} alt="Before" />
        <span class="line" aria-hidden="true" />
      </div>
      <input
        type="range"
        min="0"
        max="100"
        value={split}
        aria-label="Share shown as it was before"
        aria-valuetext={`${split} percent`}
        onInput={(event) => setSplit(Number(event.currentTarget.value))}
      />
      <figcaption class="ends">
        <span>
          <strong>Before</strong> {measures(before)}
        </span>
        <span>
          <strong>After</strong> {measures(after)}
        </span>
      </figcaption>
    </figure>
  );
}
