// Page `/result?id={id}`: the state of one job until its picture is there; without an id, a form that asks for it.
import '../../frame/theme.css';
import '../../frame/components.css';
import '../../pictures/pictures.css';
import './result.css';
import { render } from 'preact';
import { JobProgress } from '../../pictures/job-progress.tsx';
import { recentPictures } from '../../pictures/recent.ts';
import { downloadName } from '../../pictures/shown.ts';
import { useJob } from '../../pictures/use-job.ts';
import { IdForm } from './id-form.tsx';
import { ResultPicture } from './result-picture.tsx';

function Result({ id }: { id: string }) {
  const view = useJob(id);
  const name = recentPictures().find((picture) => picture.id === id)?.name ?? 'picture';
  if (view.job.state === 'unknown') {
    return (
      <>
        <h1>No picture has this id</h1>
        <p role="status">
          Nothing is known about <code>{id}</code>. This page keeps looking, in case it is on its way; else check the id, or{' '}
          <a href="/">hand the picture in again</a>.
        </p>
        <IdForm id={id} />
      </>
    );
  }
  return (
    <>
      <h1>{name === 'picture' ? 'Resized picture' : name}</h1>
      <p class="legend">
        <code>{id}</code>
      </p>
      <div class="progress">
        <JobProgress view={view} />
      </div>
      {view.result === undefined ? null : <ResultPicture shown={view.result} download={downloadName(name, view.result)} />}
      <p>
        <a href="/">Resize another picture</a>
      </p>
    </>
  );
}

const id = new URLSearchParams(location.search).get('id')?.trim() ?? '';

render(
  id === '' ? (
    <>
      <h1>Find a resized picture</h1>
      <p>
        Every picture that is handed in gets an id of 40 characters. <a href="/">Resize a picture</a> to get one.
      </p>
      <IdForm id="" />
    </>
  ) : (
    <Result id={id} />
  ),
  document.getElementById('main') as HTMLElement,
);
