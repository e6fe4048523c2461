// What a stage's configuration makes of a route: tables say what a route is, stages say how much of it is guarded.
import type { Route } from '../../functions/shared/http/route.ts';
import type { Edge } from '../config.ts';

/** The route as the stage serves it: what is guarded needs the key, where operations are guarded at all. */
export const asServed = (route: Route, { guardOperations }: Pick<Edge, 'guardOperations'>): Route =>
  route.guarded && guardOperations ? { ...route, key: true } : route;
