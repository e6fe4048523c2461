// Page `/live`: messages as they are received and stored, and a form that sends one.
import '../../frame/theme.css';
import '../../frame/components.css';
import './live.css';
import './deliveries.css';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { conditionIcons, showIcon } from '../../frame/icon.ts';
import { standing } from '../../live/words.ts';
import { Announcer } from './announcer.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { Figures } from './figures.tsx';
import { channelsInAddress, FilterForm, showInAddress } from './filter-form.tsx';
import { SendForm } from './send-form.tsx';
import { StandingLine } from './standing-line.tsx';
import { useLive } from './use-live.ts';

function LivePage() {
  const live = useLive(channelsInAddress());
  const now = standing(live?.view.state ?? { is: 'connecting' }, Date.now());

  useEffect(() => {
    document.title = `${now.short} · Live · Stackyard`;
    showIcon(conditionIcons[now.condition]);
  }, [now.short, now.condition]);

  return (
    <>
      <h1>Messages, live</h1>
      <StandingLine standing={now} live={live} />
      <Announcer words={now.short} count={live?.view.count ?? 0} />
      {live === undefined ? null : (
        <>
          <Figures measured={live.view.measured} count={live.view.count} />
          <div class="desk">
            <SendForm find={live.find} />
            <section class="stream" aria-labelledby="stream">
              <h2 id="stream">Deliveries</h2>
              <FilterForm
                onChange={(channels) => {
                  showInAddress(channels);
                  live.narrow(channels);
                }}
              />
              <DeliveryList live={live} />
            </section>
          </div>
        </>
      )}
    </>
  );
}

render(<LivePage />, document.getElementById('main') as HTMLElement);
