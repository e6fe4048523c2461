// Millions of latencies in little room: counts by tenth of a millisecond.

const PER_MS = 10;
const SLOTS = 60_000 * PER_MS;

export class Histogram {
  private readonly counts = new Uint32Array(SLOTS);
  private total = 0;

  add(ms: number): void {
    const slot = Math.min(SLOTS - 1, Math.max(0, Math.round(ms * PER_MS)));
    this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    this.total += 1;
  }

  get count(): number {
    return this.total;
  }

  /** Milliseconds under which the share `q` of the latencies lies. NaN without any. */
  percentile(q: number): number {
    const rank = Math.ceil(q * this.total);
    let seen = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      seen += this.counts[slot] ?? 0;
      if (seen >= rank && seen > 0) return slot / PER_MS;
    }
    return Number.NaN;
  }
}
