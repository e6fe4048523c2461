import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';

const Layers = z.object({ Database: z.boolean(), Cache: z.boolean(), Messaging: z.boolean() });

/** One entry of `checks` in draft-inadarei-api-health-check-06. */
const Check = z.object({
  componentType: z.enum(['datastore', 'component']),
  observedValue: z.number(),
  observedUnit: z.literal('ms'),
  status: z.enum(['pass', 'fail']),
  time: z.iso.datetime(),
  output: z.string().optional(),
});
const Health = z.object({ status: z.enum(['pass', 'fail']), checks: z.record(z.string(), z.array(Check)) });
const HEALTH = 'application/health+json';

export const statusRoutes = {
  layers: {
    method: 'GET',
    path: '/status',
    summary: 'Whether database, cache and messaging are up and responsive',
    request: {},
    open: true,
    answers: { 200: { description: 'Always, whatever is down', body: Layers } },
  },
  ready: {
    method: 'GET',
    path: '/status/ready',
    summary: 'The same with latencies, for probes',
    request: {},
    open: true,
    answers: {
      200: { description: 'Everything is up', body: Health, contentType: HEALTH },
      503: { description: 'Something is down', body: Health, contentType: HEALTH },
    },
  },
  alive: {
    method: 'GET',
    path: '/healthz',
    summary: 'Whether the application answers; touches nothing else',
    request: {},
    open: true,
    answers: { 200: { description: 'Alive', body: z.object({ status: z.literal('working') }) } },
  },
} as const satisfies RouteTable;
