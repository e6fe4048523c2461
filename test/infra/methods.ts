// The methods of a stage's REST API by what a client writes: `GET /its/path`.
import type { Template } from 'aws-cdk-lib/assertions';

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
export type Properties = Record<string, any>;

export function methodsOf(template: Template | undefined): Map<string, Properties> {
  const resources = template?.findResources('AWS::ApiGateway::Resource') ?? {};
  const pathOf = (id: string): string => {
    const properties = resources[id]?.Properties;
    return properties ? `${pathOf(properties.ParentId.Ref ?? '')}/${properties.PathPart}` : '';
  };
  return new Map(
    Object.values(template?.findResources('AWS::ApiGateway::Method') ?? {}).map(({ Properties }) => [
      `${Properties.HttpMethod} ${pathOf(Properties.ResourceId.Ref ?? '')}`,
      Properties,
    ]),
  );
}
