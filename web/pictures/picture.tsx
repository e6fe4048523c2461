// A picture with its measures under it, as a plate in a book.
import { measures, type Shown } from './shown.ts';

export function Picture({ shown, title }: { shown: Shown; title: string }) {
  return (
    <figure class="plate">
      {shown.size === undefined ? (
        <p class="unshowable">This browser cannot show this kind of picture.</p>
      ) : (
        <img src={shown.url} alt={title} width={shown.size.width} height={shown.size.height} />
      )}
      <figcaption>
        <strong>{title}</strong> <span>{measures(shown)}</span>
      </figcaption>
    </figure>
  );
}
