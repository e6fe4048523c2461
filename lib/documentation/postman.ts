// The same routes as a Postman 2.1 collection: a folder a system, `{{url}}` and `{{apiKey}}` as variables.
import { systems } from '../../functions/routes.ts';
import type { Route } from '../../functions/shared/http/route.ts';
import type { Edge } from '../config.ts';
import { asServed } from '../edge/as-served.ts';

export function postmanCollection(edge: Edge) {
  return {
    info: { name: 'Stackyard', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [
      { key: 'url', value: 'http://localhost:8000' },
      { key: 'apiKey', value: '' },
    ],
    item: Object.entries(systems).map(([name, table]) => ({
      name,
      item: Object.values(table).map((route) => request(asServed(route, edge))),
    })),
  };
}

function request(route: Route) {
  const segments = route.path.split('/').slice(1);
  const parameters = segments.filter((segment) => segment.startsWith('{')).map((segment) => segment.slice(1, -1));
  const path = segments.map((segment) => segment.replace(/^\{(.+)\}$/, ':$1'));
  return {
    name: route.summary,
    request: {
      method: route.method,
      header: [
        ...(route.request.body ? [{ key: 'content-type', value: 'application/json' }] : []),
        ...(route.key ? [{ key: 'x-api-key', value: '{{apiKey}}' }] : []),
      ],
      url: { raw: `{{url}}/${path.join('/')}`, host: ['{{url}}'], path, variable: parameters.map((key) => ({ key, value: '' })) },
      ...(route.request.body ? { body: { mode: 'raw', raw: '{}', options: { raw: { language: 'json' } } } } : {}),
    },
  };
}
