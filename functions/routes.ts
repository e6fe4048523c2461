// Every route of the application, by system: for the edge, the API documentation and the tests that ask for all of them.
import { picturesRoutes } from './pictures/routes.ts';
import type { RouteTable } from './shared/http/route.ts';
import { statusRoutes } from './status/routes.ts';

export const systems: Readonly<Record<string, RouteTable>> = { status: statusRoutes, pictures: picturesRoutes };
