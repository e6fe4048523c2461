// Where the focus goes when the control that had it is gone.

/** Focuses the element of that id once it is drawn; the keyboard goes on from there. */
export function focusAfterwards(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
