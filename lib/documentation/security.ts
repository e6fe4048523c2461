// What the documentation says of who may call a route.
import type { Route } from '../../functions/shared/http/route.ts';
import type { Edge } from '../config.ts';

const key = { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } };

const ofCallers = {
  none: {},
  iam: {
    signature: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'AWS Signature Version 4, of the service execute-api' },
  },
  jwt: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
};

export const schemes = ({ authorizer }: Edge) => ({ ...key, ...ofCallers[authorizer.kind] });

/** Everything that is named is wanted at once. */
export function wanted(route: Route, { authorizer }: Edge) {
  const names = [...(route.open ? [] : Object.keys(ofCallers[authorizer.kind])), ...(route.key ? Object.keys(key) : [])];
  return names.length > 0 ? { security: [Object.fromEntries(names.map((name) => [name, []]))] } : {};
}
