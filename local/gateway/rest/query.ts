// Query strings as API Gateway hands them on (R1, R4).

export interface QueryMaps {
  readonly queryStringParameters: Readonly<Record<string, string>> | null;
  readonly multiValueQueryStringParameters: Readonly<Record<string, readonly string[]>> | null;
}

const NONE: QueryMaps = { queryStringParameters: null, multiValueQueryStringParameters: null };

/** Decoded, `+` as space; the last value wins in the single map; null where there is no parameter. */
export function queryMaps(query: string): QueryMaps {
  if (query === '') return NONE;
  const queryStringParameters: Record<string, string> = Object.create(null);
  const multiValueQueryStringParameters: Record<string, string[]> = Object.create(null);
  const parameters = new URLSearchParams(query);
  for (const [name, value] of parameters) {
    queryStringParameters[name] = value;
    const values = multiValueQueryStringParameters[name];
    if (values) values.push(value);
    else multiValueQueryStringParameters[name] = [value];
  }
  return parameters.size === 0 ? NONE : { queryStringParameters, multiValueQueryStringParameters };
}
