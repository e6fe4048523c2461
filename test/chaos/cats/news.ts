// One change at each job that a good run has to bring: the text or the id that it puts in was never there before.
import type { Counts, Job } from '../../../functions/cats/routes.ts';
import type { Image } from '../../../functions/cats/upstream-stub/images.ts';
import type { Upstream } from '../../support/upstream/upstream.ts';

let news = 0;

/** Alters one row of the job. What a run counts for it is told by `countsOfNews`. */
export function makeNews(upstream: Upstream, job: Job): void {
  const name = `news-${++news}`;
  if (job === 'breeds') upstream.change(job, (rows) => rows.map((row) => (row.id === 'abys' ? { ...row, description: name } : row)));
  // Space: no images depend on its name.
  else if (job === 'categories') upstream.change(job, (rows) => rows.map((row) => (row.id === 2 ? { ...row, name } : row)));
  else upstream.change(job, (rows) => rows.with(rows.findIndex(isTold), { ...rows.find(isTold), id: name } as Image));
}

/** Pictures of other categories than hats and sunglasses are not asked for. */
export const isTold = ({ breedIds, categoryIds }: Image): boolean =>
  breedIds.length > 0 || categoryIds.includes(1) || categoryIds.includes(4);

const NONE = { refused: 0, added: 0, changed: 0, removed: 0 };

/** Another picture is a new one in the place of one that went. */
export const countsOfNews = (job: Job): Counts => ({
  ...countsOfNothing,
  [job]: {
    ...countsOfNothing[job],
    ...(job === 'breeds' || job === 'categories' ? { changed: 1 } : { added: 1, removed: 1 }),
  },
});

/** Of a run that finds what is published already. */
export const countsOfNothing: Counts = {
  breeds: { ...NONE, fetched: 67 },
  breedImages: { ...NONE, fetched: 201 },
  categories: { ...NONE, fetched: 7 },
  categoryImages: { ...NONE, fetched: 16 },
};
