// Every function that answers requests counts them, under the name of its system; `/metrics` may ask those that know more.
import { expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { methodsOf } from './methods.ts';
import { stackOf } from './stage.ts';

const template = stackOf('dev', 'systems');
// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
const resources: Record<string, { Type: string; Properties: any }> = template.toJSON().Resources;
const variablesOf = (id: string) => resources[id]?.Properties.Environment.Variables as Record<string, unknown>;

/** Id of the function that answers, by method and path. */
const answering = (name: string): string =>
  /"Fn::GetAtt":\["([^"]+)","Arn"\]/.exec(JSON.stringify(methodsOf(template).get(name)?.Integration.Uri))?.[1] ?? '';

test('every route is answered by a function that has the cache and the name of the system', () => {
  for (const [system, table] of Object.entries(systems)) {
    for (const { method, path } of Object.values(table)) {
      // The state machine answers it; its steps are those of orders.
      if (path.startsWith('/orders/checkout/')) continue;
      const variables = variablesOf(answering(`${method} ${path}`));
      expect(variables?.POWERTOOLS_SERVICE_NAME, `${method} ${path}`).toMatch(new RegExp(`^${system}/`));
      expect(variables?.REDIS_URL, `${method} ${path}`).toBeDefined();
    }
  }
});

test('the scrape may ask the functions that it names, and no others', () => {
  const id = answering('GET /metrics');
  const named = Object.values(JSON.parse(variablesOf(id).COLLECTORS) as Record<string, string>);
  const role = resources[id]?.Properties.Role['Fn::GetAtt'][0];
  const policy = Object.values(resources).find(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes(role),
  );
  const invoked = [...JSON.stringify(policy?.Properties.PolicyDocument).matchAll(/:function:([\w-]+)/g)].map(([, name]) => name);

  expect(named.length).toBeGreaterThan(2);
  expect([...new Set(invoked)].sort()).toEqual([...named].sort());
});
