// Where the focus goes from a breed that closes because a search was chosen in it.

/** The line that says what was found; once it is drawn. */
export function focusFound(): void {
  requestAnimationFrame(() => document.getElementById('found')?.focus());
}
