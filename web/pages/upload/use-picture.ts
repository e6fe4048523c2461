// The picture that a person chose: by the file dialog, dropped anywhere on the page, or pasted.
import { useEffect, useState } from 'preact/hooks';
import { bytes } from '../../frame/measures.ts';
import { largestFile, largestRequest, requestSize, texts } from '../../pictures/limits.ts';
import { type Shown, show } from '../../pictures/shown.ts';

export interface Chosen {
  readonly file: File;
  readonly shown: Shown;
}

/** `onChosen` runs for each new picture that the server might take. While `busy`, drops and pastes change nothing. */
export function usePicture(busy: boolean, onChosen: (chosen: Chosen) => void) {
  const [chosen, setChosen] = useState<Chosen>();
  const [error, setError] = useState<string>();
  const [over, setOver] = useState(false);

  async function choose(file: File): Promise<void> {
    const wrong = fileError(file);
    setError(wrong);
    if (wrong !== undefined) return;
    const next = { file, shown: await show(file) };
    if (chosen !== undefined) URL.revokeObjectURL(chosen.shown.url);
    setChosen(next);
    onChosen(next);
  }

  useEffect(() => {
    const listening = new AbortController();
    const take = (event: Event, files: FileList | undefined) => {
      const file = files?.[0];
      if (file === undefined) return;
      event.preventDefault();
      if (!busy) choose(file);
    };
    const on = <K extends keyof DocumentEventMap>(type: K, listener: (event: DocumentEventMap[K]) => void) =>
      document.addEventListener(type, listener, { signal: listening.signal });
    on('paste', (event) => take(event, event.clipboardData?.files));
    on('dragover', (event) => {
      event.preventDefault();
      setOver(true);
    });
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', (event) => {
      setOver(false);
      event.preventDefault();
      take(event, event.dataTransfer?.files);
    });
    return () => listening.abort();
  });

  return { chosen, error, over, choose };
}

/** Kinds that the browser names as something else are told before they are sent; the server has the last word on the rest. */
function fileError(file: File): string | undefined {
  if (file.size === 0 || (file.type !== '' && !file.type.startsWith('image/'))) return texts.picture;
  if (requestSize(file.size) <= largestRequest) return undefined;
  return `This file is ${bytes(file.size)}; at most ${bytes(largestFile)} can be sent. Save it smaller or with stronger compression, then choose it again.`;
}
