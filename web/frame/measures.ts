// Numbers as people read them.

/** `431 B`, `12.4 KiB`, `5.5 MiB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const kib = count / 1024;
  return kib < 1024 ? `${short(kib)} KiB` : `${short(kib / 1024)} MiB`;
}

/** `0.42 ms`, `8.1 ms`, `312 ms`, `4.2 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${short(milliseconds / 1000)} s`;
  return `${milliseconds < 1 ? milliseconds.toFixed(2) : short(milliseconds)} ms`;
}

export const clock = (time: Date | number) => new Date(time).toLocaleTimeString(undefined, { hourCycle: 'h23' });

const short = (value: number) => (value < 100 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value).toString());
