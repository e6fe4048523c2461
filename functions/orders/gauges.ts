// What `/metrics` is told of sagas.
import { byState, type Gauge, sparing } from '../shared/metrics/gauges.ts';
import type { SagaRepository } from './saga-repository.ts';
import { SagaState } from './story.ts';

export function sagaGauges(sagas: Pick<SagaRepository, 'countByState'>) {
  const counts = sparing(sagas.countByState);
  return async (): Promise<Gauge[]> => [
    {
      name: 'sagas',
      help: 'Attempts to check an order out, by state. One that is parked needs somebody to look.',
      samples: byState(SagaState.options, await counts()),
    },
  ];
}
