// Size, fit and format while a person edits them; with the lock on, one side follows the other in the picture's proportions.
import { useState } from 'preact/hooks';
import { clampSide, type Settings, sideError, startingSize } from '../../pictures/limits.ts';
import type { Size } from '../../pictures/shown.ts';

const initial: Settings = { width: '800', height: '600', fit: 'fill', format: 'png' };

export function useSettings() {
  const [settings, setSettings] = useState(initial);
  const [proportions, setProportions] = useState<Size>({ width: 4, height: 3 });
  const [locked, setLocked] = useState(true);

  return {
    settings,
    locked,
    change(typed: Partial<Settings>): void {
      setSettings({ ...settings, ...typed, ...(locked ? follow(typed, proportions) : {}) });
    },
    lock(on: boolean): void {
      setLocked(on);
      if (on) setSettings({ ...settings, ...follow({ width: settings.width }, proportions) });
    },
    startWith(size: Size): void {
      const start = startingSize(size);
      setProportions(size);
      setSettings({ ...settings, width: String(start.width), height: String(start.height) });
    },
  };
}

function follow(typed: Partial<Settings>, { width, height }: Size): Partial<Settings> {
  if (typed.width !== undefined && sideError(typed.width) === undefined) {
    return { height: String(clampSide((Number(typed.width) * height) / width)) };
  }
  if (typed.height !== undefined && sideError(typed.height) === undefined) {
    return { width: String(clampSide((Number(typed.height) * width) / height)) };
  }
  return {};
}
