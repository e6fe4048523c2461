import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';

/** Of Prometheus' text format. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export const metricsRoutes = {
  scrape: {
    method: 'GET',
    path: '/metrics',
    summary: 'Requests of all systems, queues, sagas, pictures and syncs, for Prometheus',
    request: {},
    guarded: true,
    answers: {
      200: {
        description: 'Always; what cannot be read is left out, and `stackyard_collector_up` says so',
        body: z.string(),
        contentType: EXPOSITION_TYPE,
      },
    },
  },
} as const satisfies RouteTable;
