import { publicPath, type Route } from './schema.ts';

/** What an address leads to: a route, or the methods that the address takes instead, or nothing. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route }
  | { readonly kind: 'method'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' };

interface Node {
  readonly literal: Map<string, Node>;
  one?: Node;
  /** Routes that end here, and routes that go on with anything. */
  readonly here: Route[];
  readonly rest: Route[];
}

/**
 * Finds routes by segments, as they are decoded: a literal before `{one}` before `*`. An address with a dot segment is malformed:
 * the gateway and a service might read it differently. A route that does not take the method leaves it to a less specific one of
 * its own version.
 */
export function routeMatcher(routes: readonly Route[]): (method: string, path: string) => Match {
  const root = newNode();
  for (const route of routes) insert(root, route);
  return (method, path) => {
    const segments = segmentsOf(path);
    if (segments === undefined) return { kind: 'malformed' };
    const candidates: Route[] = [];
    collect(root, segments, 0, candidates);
    if (candidates.length === 0) return { kind: 'none' };
    const [{ version }] = candidates as [Route];
    const route = candidates.find((each) => each.version === version && takes(each, method));
    if (route !== undefined) return { kind: 'route', route };
    return { kind: 'method', allowed: [...new Set(candidates.flatMap(({ methods = [] }) => methods))].sort() };
  };
}

function newNode(): Node {
  return { literal: new Map(), here: [], rest: [] };
}

function insert(root: Node, route: Route): void {
  let node = root;
  for (const segment of publicPath(route).slice(1).split('/')) {
    if (segment === '*') return void node.rest.push(route);
    const next = segment.startsWith('{') ? (node.one ?? newNode()) : (node.literal.get(segment) ?? newNode());
    if (segment.startsWith('{')) node.one = next;
    else node.literal.set(segment, next);
    node = next;
  }
  node.here.push(route);
}

/** A route that takes GET takes HEAD, which asks for the same head. */
function takes({ methods }: Route, method: string): boolean {
  if (methods === undefined) return true;
  return methods.some((each) => each === method || (each === 'GET' && method === 'HEAD'));
}

function segmentsOf(path: string): string[] | undefined {
  const segments = path.slice(1).split('/');
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] as string;
    const decoded = segment.includes('%') ? decode(segment) : segment;
    if (decoded === undefined || decoded === '.' || decoded === '..') return undefined;
    segments[i] = decoded;
  }
  return segments;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** From the most to the least specific. */
function collect(node: Node, segments: readonly string[], at: number, found: Route[]): void {
  if (at === segments.length) found.push(...node.here);
  else {
    const segment = segments[at] as string;
    const literal = node.literal.get(segment);
    if (literal !== undefined) collect(literal, segments, at + 1, found);
    if (node.one !== undefined && segment !== '') collect(node.one, segments, at + 1, found);
  }
  found.push(...node.rest);
}
