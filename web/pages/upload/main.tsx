// Page `/`: choose a picture, say how large, watch it become that, compare and take it.
import '../../frame/theme.css';
import '../../frame/components.css';
import '../../pictures/pictures.css';
import './upload.css';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../frame/components/problem.tsx';
import { JobProgress } from '../../pictures/job-progress.tsx';
import { forgetAll, recentPictures, remember } from '../../pictures/recent.ts';
import { downloadName } from '../../pictures/shown.ts';
import { useJob } from '../../pictures/use-job.ts';
import { RecentList } from './recent-list.tsx';
import { Sending } from './sending.tsx';
import { SettingsForm } from './settings.tsx';
import { Stage } from './stage.tsx';
import { usePicture } from './use-picture.ts';
import { useSettings } from './use-settings.ts';
import { useSubmission } from './use-submission.ts';

function Upload() {
  const form = useRef<HTMLFormElement>(null);
  const { settings, locked, change, lock, startWith } = useSettings();
  const { submission, send, reset } = useSubmission();
  const sending = submission.state === 'sending';
  const [recent, setRecent] = useState(recentPictures);
  const picture = usePicture(sending, ({ shown }) => {
    reset();
    if (shown.size !== undefined) startWith(shown.size);
  });
  const view = useJob(submission.state === 'accepted' ? submission.id : undefined);
  const errors = submission.state === 'rejected' ? submission.errors : {};
  const name = picture.chosen?.file.name || 'pasted picture';

  useEffect(() => {
    if (submission.state === 'rejected') form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [submission]);

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const id = await send(picture.chosen?.file, settings);
    if (id === undefined) return;
    setRecent(remember({ id, name, width: Number(settings.width), height: Number(settings.height), at: Date.now() }, recent));
  }

  return (
    <>
      <h1>Resize a picture</h1>
      <p>Choose a picture and the size that it shall have. It is made in the background and appears here when it is done.</p>
      <form ref={form} class="bench" noValidate onSubmit={onSubmit}>
        <Stage
          before={picture.chosen?.shown}
          name={name}
          after={submission.state === 'accepted' ? view.result : undefined}
          error={picture.error ?? errors.image}
          over={picture.over}
          busy={sending}
          onFile={picture.choose}
        />
        <SettingsForm settings={settings} errors={errors} locked={locked} onChange={change} onLock={lock}>
          <button type="submit" class="primary" disabled={sending}>
            Resize
          </button>
          {submission.state === 'sending' ? <Sending sent={submission.sent} /> : null}
          {submission.state === 'broken' ? (
            <Problem title="The picture was not accepted." requestId={submission.problem.requestId}>
              <p>{submission.problem.message} Your picture and settings are still here: press Resize to send them again.</p>
            </Problem>
          ) : null}
          {submission.state === 'accepted' ? (
            <>
              <JobProgress view={view} />
              <p class="take">
                {view.result === undefined ? null : (
                  <a class="button" href={view.result.url} download={downloadName(name, view.result)}>
                    Download
                  </a>
                )}
                <a href={`/result?id=${submission.id}`}>Page of this picture</a>
              </p>
            </>
          ) : null}
        </SettingsForm>
      </form>
      <RecentList pictures={recent} onForget={() => setRecent(forgetAll())} />
    </>
  );
}

render(<Upload />, document.getElementById('main') as HTMLElement);
