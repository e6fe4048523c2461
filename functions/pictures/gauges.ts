// What `/metrics` is told of pictures.
import { byState, type Gauge, sparing } from '../shared/metrics/gauges.ts';
import type { PictureRepository } from './repository.ts';

export function pictureGauges(pictures: Pick<PictureRepository, 'countByState'>) {
  const counts = sparing(pictures.countByState);
  return async (): Promise<Gauge[]> => [
    {
      name: 'pictures',
      help: 'Pictures by state.',
      samples: byState(['queued', 'processing', 'done', 'failed'], await counts()),
    },
  ];
}
