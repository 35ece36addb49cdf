import { publicPath, type Route } from '../routes/schema.ts';

/** One form of an address, and the routes that its requests are offered to in turn: the first that takes the method has it. */
export interface Place {
  /** As in the table: `/v1/carts/{cartId}`, `/v1/products/*`. */
  readonly path: string;
  /** For proxies that match by regular expressions, the whole path at once. */
  readonly regex: string;
  readonly routes: readonly Route[];
}

/** What a route table says, spread out for proxies that take the first match: the most specific place stands first. */
export function placesOf(routes: readonly Route[]): readonly Place[] {
  const paths = [...new Map(routes.map((route) => [formOf(publicPath(route)), publicPath(route)])).values()];
  return paths.sort(bySpecificity).map((path) => {
    const owner = routes.find((route) => formOf(publicPath(route)) === formOf(path));
    const offered = routes.filter((route) => route.version === owner?.version && covers(publicPath(route), path));
    return {
      path,
      regex: regexOf(path),
      routes: offered.sort((a, b) => bySpecificity(publicPath(a), publicPath(b))),
    };
  });
}

/** The methods that a route takes, HEAD with GET; undefined for all. */
export function methodsOf({ methods }: Route): readonly string[] | undefined {
  if (methods === undefined) return undefined;
  return methods.includes('GET') && !methods.includes('HEAD') ? [...methods, 'HEAD'] : methods;
}

/** A name for a route that is unique in its table. */
export function idOf({ name, version }: Route): string {
  return version === undefined ? name : `${name}-${version}`;
}

/** Addresses with differently named parameters are of one form. */
function formOf(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

const segmentsOf = (path: string) => path.slice(1).split('/');
const rankOf = (segment: string) => (segment === '*' ? 2 : segment.startsWith('{') ? 1 : 0);

function bySpecificity(a: string, b: string): number {
  const [as, bs] = [segmentsOf(a), segmentsOf(b)];
  for (let i = 0; i < Math.max(as.length, bs.length); i++) {
    // A path that has ended is more specific than one that goes on with anything, and meets no other.
    const difference = rankOf(as[i] ?? '') - rankOf(bs[i] ?? '');
    if (difference !== 0) return difference;
  }
  return bs.length - as.length || (a < b ? -1 : 1);
}

/** Whether all that has the form of `path` has the form of `wide`, too. */
function covers(wide: string, path: string): boolean {
  const [ws, ps] = [segmentsOf(wide), segmentsOf(path)];
  for (let i = 0; i < ws.length; i++) {
    const [w = '', p] = [ws[i], ps[i]];
    if (w === '*') return true;
    if (p === undefined || p === '*') return false;
    if (!w.startsWith('{') && w !== p) return false;
  }
  return ws.length === ps.length;
}

function regexOf(path: string): string {
  const parts = segmentsOf(path).map((segment) => {
    if (segment === '*') return '(?:/.*)?';
    return segment.startsWith('{') ? '/[^/]+' : `/${segment.replaceAll(/[.+^$()[\]|\\]/g, '\\$&')}`;
  });
  return path === '/*' ? '^/' : `^${parts.join('')}$`;
}
