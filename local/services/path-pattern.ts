// Paths of REST-style AWS APIs: `/v1/clusters/{clusterArn}/bootstrap-brokers`.

/** One segment each: its literal text, or the name of a parameter. */
export type PathPattern = readonly ({ readonly literal: string } | { readonly parameter: string })[];

export const pathPattern = (text: string): PathPattern =>
  text.split('/').map((segment) => {
    const parameter = /^\{(.+)\}$/.exec(segment)?.[1];
    return parameter === undefined ? { literal: segment } : { parameter };
  });

/** The decoded parameters, or undefined where the path is another one. ARNs arrive with `/` as `%2F`, so one segment is enough. */
export function matchPath(pattern: PathPattern, path: string): Record<string, string> | undefined {
  const segments = path.split('/');
  if (segments.length !== pattern.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if ('literal' in part) {
      if (part.literal !== segment) return undefined;
    } else {
      const value = decoded(segment);
      if (!value) return undefined;
      params[part.parameter] = value;
    }
  }
  return params;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
