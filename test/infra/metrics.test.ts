// Every function that answers requests counts them, under the name of its system; `/metrics` may ask those that know more.
import { expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { stackOf } from './stage.ts';

const template = stackOf('dev', 'systems');
// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
const resources: Record<string, { Type: string; Properties: any }> = template.toJSON().Resources;
const variablesOf = (id: string) => resources[id]?.Properties.Environment.Variables as Record<string, unknown>;

/** Method and path → id of the function that answers. */
function answering(): ReadonlyMap<string, string> {
  const pathOf = (id: string): string => {
    const { ParentId, PathPart } = resources[id]?.Properties ?? {};
    return PathPart === undefined ? '' : `${ParentId.Ref ? pathOf(ParentId.Ref) : ''}/${PathPart}`;
  };
  return new Map(
    Object.values(resources)
      .filter(({ Type, Properties }) => Type === 'AWS::ApiGateway::Method' && Properties.Integration.Type === 'AWS_PROXY')
      .map(({ Properties: { HttpMethod, ResourceId, Integration } }) => {
        const [id] = /"Fn::GetAtt":\["([^"]+)","Arn"\]/.exec(JSON.stringify(Integration.Uri))?.slice(1) ?? [];
        return [`${HttpMethod} ${pathOf(ResourceId.Ref)}`, id ?? ''];
      }),
  );
}

test('every route is answered by a function that has the cache and the name of the system', () => {
  const functions = answering();
  for (const [system, table] of Object.entries(systems)) {
    for (const { method, path } of Object.values(table)) {
      // The state machine answers it; its steps are those of orders.
      if (path.startsWith('/orders/checkout/')) continue;
      const variables = variablesOf(functions.get(`${method} ${path}`) ?? '');
      expect(variables?.POWERTOOLS_SERVICE_NAME, `${method} ${path}`).toMatch(new RegExp(`^${system}/`));
      expect(variables?.REDIS_URL, `${method} ${path}`).toBeDefined();
    }
  }
});

test('the scrape may ask the functions that it names, and no others', () => {
  const id = answering().get('GET /metrics') ?? '';
  const named = Object.values(JSON.parse(variablesOf(id).COLLECTORS) as Record<string, string>);
  const role = resources[id]?.Properties.Role['Fn::GetAtt'][0];
  const policy = Object.values(resources).find(
    ({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes(role),
  );
  const invoked = [...JSON.stringify(policy?.Properties.PolicyDocument).matchAll(/:function:([\w-]+)/g)].map(([, name]) => name);

  expect(named.length).toBeGreaterThan(2);
  expect([...new Set(invoked)].sort()).toEqual([...named].sort());
});
