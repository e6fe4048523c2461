// The finished picture, what it is, and the way to take it along.
import { bytes } from '../../frame/measures.ts';
import { formatName, type Shown } from '../../pictures/shown.ts';

export function ResultPicture({ shown, download }: { shown: Shown; download: string }) {
  return (
    <div class="result">
      <figure class="plate">
        {shown.size === undefined ? (
          <p class="unshowable">This browser cannot show this kind of picture. Download it to see it elsewhere.</p>
        ) : (
          <img src={shown.url} alt="Result" width={shown.size.width} height={shown.size.height} />
        )}
      </figure>
      <div>
        <dl>
          {shown.size === undefined ? null : <Row name="Dimensions" value={`${shown.size.width} × ${shown.size.height} px`} />}
          <Row name="Format" value={formatName(shown.type)} />
          <Row name="File size" value={bytes(shown.weight)} />
        </dl>
        <a class="button" href={shown.url} download={download}>
          Download
        </a>
      </div>
    </div>
  );
}

const Row = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
