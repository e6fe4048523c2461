// The id that this tab has reached, kept over a reload.
const key = 'stackyard.live.reached';

export function storedReach(): number | undefined {
  try {
    const kept = Number(sessionStorage.getItem(key) ?? Number.NaN);
    return Number.isSafeInteger(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function storeReach(id: number | undefined): void {
  if (id === undefined) return;
  try {
    sessionStorage.setItem(key, String(id));
  } catch {
    // Forbidden: a reload then shows the newest messages, as a first visit does.
  }
}
