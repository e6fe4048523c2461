// Which resource and method serve a path (R5, R6, R8): a tree by path segment, compiled once a deployment.
import type { ApiResource, Method } from './definition.ts';

export interface Route {
  readonly resourceId: string;
  /** `/stock/find/{item_id}`. */
  readonly resourcePath: string;
  readonly method: Method;
}

export interface Match {
  readonly route: Route;
  /** Still URL-encoded, as sent (R4). */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

export type RouteTree = { readonly match: (verb: string, path: string) => Match | undefined };

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: { readonly name: string; readonly node: Node };
  greedy?: { readonly name: string; readonly node: Node };
  readonly byVerb: Map<string, Route>;
}

/** What `ANY` stands for (R8). */
const VERBS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

/** Throws where two parameters compete for one segment, greedy or not, which AWS refuses too. */
export function compileRoutes(resources: ReadonlyMap<string, ApiResource>, methods: readonly Method[]): RouteTree {
  const root = emptyNode();
  for (const method of methods) {
    const parts = pathParts(resources, method.resourceId);
    const route = { resourceId: method.resourceId, resourcePath: `/${parts.join('/')}`, method };
    const { byVerb } = parts.reduce((node, part) => childFor(node, part, route.resourcePath), root);
    if (method.verb !== 'ANY') byVerb.set(method.verb, route);
    else for (const verb of VERBS) if (byVerb.get(verb)?.method.verb !== verb) byVerb.set(verb, route);
  }
  return {
    match(verb, path) {
      const values: [name: string, value: string][] = [];
      const route = find(root, verb, segments(path), 0, values);
      return route && { route, pathParameters: values.length === 0 ? null : Object.fromEntries(values) };
    },
  };
}

/** Backtracks: a more specific resource that lacks the verb gives way to a less specific one that has it (R6). */
function find(node: Node, verb: string, path: readonly string[], depth: number, values: [string, string][]): Route | undefined {
  const segment = path[depth];
  if (segment === undefined) return node.byVerb.get(verb);
  const literal = node.literals.get(segment.includes('%') ? decodeURIComponent(segment) : segment);
  const route = literal && find(literal, verb, path, depth + 1, values);
  if (route) return route;
  if (node.parameter && segment !== '') {
    values.push([node.parameter.name, segment]);
    const matched = find(node.parameter.node, verb, path, depth + 1, values);
    if (matched) return matched;
    values.pop();
  }
  const greedy = node.greedy?.node.byVerb.get(verb);
  if (node.greedy && greedy) values.push([node.greedy.name, path.slice(depth).join('/')]);
  return greedy;
}

/** One trailing slash is no segment; empty segments inside are kept (R5). */
function segments(path: string): string[] {
  const inner = path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined);
  return inner === '' ? [] : inner.split('/');
}

const emptyNode = (): Node => ({ literals: new Map(), byVerb: new Map() });

function childFor(node: Node, part: string, path: string): Node {
  const parameter = /^\{(.+?)(\+?)\}$/.exec(part);
  if (!parameter) {
    const child = node.literals.get(part) ?? emptyNode();
    node.literals.set(part, child);
    return child;
  }
  const [, name = '', plus] = parameter;
  const [slot, other] = plus ? (['greedy', 'parameter'] as const) : (['parameter', 'greedy'] as const);
  const sibling = node[other]?.name ?? node[slot]?.name ?? name;
  // AWS's own words, more or less: `{id}` and `{proxy+}` are one too many, too.
  if (node[other] || sibling !== name)
    throw new Error(`${path}: a sibling has the path parameter {${sibling}} already, and only one is allowed: use one name.`);
  node[slot] ??= { name, node: emptyNode() };
  return node[slot].node;
}

function pathParts(resources: ReadonlyMap<string, ApiResource>, id: string): string[] {
  const resource = resources.get(id);
  if (!resource) throw new Error(`A method names the API resource ${id}, which the template does not define.`);
  return resource.parentId === undefined ? [] : [...pathParts(resources, resource.parentId), resource.pathPart];
}
