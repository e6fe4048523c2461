// The page: what a stage costs, what a request costs, and what else was weighed.

import { proxyComparison, transportComparison } from './comparisons/data.ts';
import { canaryComparison, fleetComparison, provisionedComparison } from './comparisons/functions.ts';
import { networkComparison } from './comparisons/network.ts';
import { head, pricesTable } from './document-parts.ts';
import { requestsSection } from './document-requests.ts';
import { stagesSections } from './document-stages.ts';
import { fixedCosts } from './fixed.ts';
import { placeOf } from './place.ts';
import type { CostsInput } from './stage.ts';
import { find } from './systems.ts';

export function costsDocument({ stages, measured, ownMetrics }: CostsInput): string {
  const fixed = Object.fromEntries(Object.entries(stages).map(([name, { resources }]) => [name, fixedCosts(resources, ownMetrics)]));
  const place = placeOf(stages.prod.resources);
  return [
    ...head,
    '',
    ...stagesSections(stages, fixed),
    '',
    ...requestsSection(place, measured),
    '',
    '## Weighed',
    '',
    ...networkComparison(stages),
    '',
    ...transportComparison(fixed),
    '',
    ...proxyComparison(),
    '',
    ...provisionedComparison(),
    '',
    ...canaryComparison(place),
    '',
    ...fleetComparison(find(place, measured).lines),
    '',
    ...pricesTable(),
    '',
  ].join('\n');
}
