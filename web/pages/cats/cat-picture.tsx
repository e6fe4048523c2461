// A picture of a cat in a frame of fixed shape; where it cannot be had, a drawn cat stands in for it.
import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** Undefined while it is not known. */
  readonly url: string | undefined;
  readonly alt: string;
  /** There is none, or none will come. */
  readonly isMissing?: boolean;
}

export function CatPicture({ url, alt, isMissing = false }: Props) {
  const [broken, setBroken] = useState(false);
  useEffect(() => setBroken(false), [url]);
  if (broken || (url === undefined && isMissing)) return <NoPicture alt={alt} />;
  return (
    <span class="cat-picture">
      {url === undefined ? null : <img src={url} alt={alt} loading="lazy" decoding="async" onError={() => setBroken(true)} />}
    </span>
  );
}

const NoPicture = ({ alt }: { alt: string }) => (
  <span class="cat-picture missing">
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <path d="M10 7l7 8h14l7-8v19a14 14 0 0 1-28 0zM3 25l9 2M3 33l9-2M45 25l-9 2M45 33l-9-2M24 29v3m-4 3q4 2 4-3q0 5 4 3" />
    </svg>
    {alt === '' ? null : <span class="unseen">No picture: {alt}</span>}
  </span>
);
