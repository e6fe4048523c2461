import { systems } from '../../functions/routes.ts';

/** CloudFront patterns of everything that the REST API answers: one a first path segment. A distribution may have 25 behaviours. */
export const apiPatterns: readonly string[] = [
  ...new Set(
    Object.values(systems)
      .flatMap((table) => Object.values(table))
      .map(({ path }) => `/${path.split('/')[1]}*`),
  ),
];
