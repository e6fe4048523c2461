// What the firewall has to know of the routes: which take bodies, and how large.
import { systems } from '../../functions/routes.ts';
import { DEFAULT_BODY_LIMIT, type Route } from '../../functions/shared/http/route.ts';

const routes: readonly Route[] = Object.values(systems).flatMap((table) => Object.values(table));

/** A pattern of exactly these paths. Trailing slashes never matter. */
const exactly = (paths: readonly string[]): string => `^(${[...new Set(paths)].join('|')})/?$`;

export const withBody = exactly(routes.filter(({ request }) => request.body).map(({ path }) => path));

/** Paths with a limit of their own, by the limit in bytes. */
export const ownLimits: ReadonlyMap<number, string> = new Map(
  Object.entries(Object.groupBy(routes, ({ bodyLimit = DEFAULT_BODY_LIMIT }) => bodyLimit))
    .filter(([limit]) => Number(limit) !== DEFAULT_BODY_LIMIT)
    .map(([limit, few = []]) => [Number(limit), exactly(few.map(({ path }) => path))]),
);

export const otherLimit = DEFAULT_BODY_LIMIT;
