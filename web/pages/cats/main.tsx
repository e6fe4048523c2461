// Page `/cats`: breeds to look up, pictures by category, and the synchroniser that keeps them in step.
import '../../frame/theme.css';
import '../../frame/components.css';
import './cats.css';
import './catalogue.css';
import './synchroniser.css';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { Lamp } from '../../frame/components/lamp.tsx';
import { conditionIcons, showIcon } from '../../frame/icon.ts';
import { useAddress } from './address.ts';
import { Catalogue } from './catalogue.tsx';
import { Categories } from './categories.tsx';
import { SynchroniserPart } from './synchroniser.tsx';
import { useSynchroniser } from './use-synchroniser.ts';
import { standing } from './words.ts';

function CatsPage() {
  const navigation = useAddress();
  const synchroniser = useSynchroniser();
  const { status, failure, version } = synchroniser;
  const now = standing(status, failure === undefined);

  useEffect(() => showIcon(conditionIcons[now.condition]), [now.condition]);

  return (
    <>
      <h1>Cats, kept in step</h1>
      <p>A copy of the breeds and pictures of thecatapi.com, served from here and brought up to date on a schedule.</p>
      <p class="standing">
        <Lamp condition={now.condition} />
        <span>
          {now.sentence} <a href="#synchroniser">See its runs</a>
        </span>
      </p>
      {version === undefined ? null : (
        <>
          <Catalogue navigation={navigation} version={version} status={status} />
          <Categories version={version} />
          <SynchroniserPart synchroniser={synchroniser} standing={now} />
        </>
      )}
    </>
  );
}

render(<CatsPage />, document.getElementById('main') as HTMLElement);
