import type { IncomingMessage } from 'node:http';
import { HOP_BY_HOP, namedByConnection } from './hop-by-hop.ts';
import type { HopTarget } from './port.ts';

/** A request's head as the upstream gets it, or why it cannot be forwarded. */
export type RequestHead =
  | { readonly path: string; readonly headers: string[]; readonly hasBody: boolean }
  | { readonly refused: 'malformed' | 'upgrade' | 'loop' };

export interface HeadPolicy {
  readonly trustForwarded: boolean;
  readonly name: string;
  readonly maxHops: number;
}

/** What we tell ourselves, or the client has no business in telling. Trailers of requests are not forwarded, so neither is their list. */
const OURS = new Set(['via', 'expect', 'trailer', 'host', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host']);
const TOLD_BY_PROXIES = new Set(['forwarded', 'x-real-ip', 'x-forwarded-port', 'x-forwarded-prefix']);
/** An offer of HTTP/2 may be passed over in silence (RFC 9110 §7.8); who asks for another protocol must hear no. */
const IGNORED_UPGRADE = /^\s*h2c\s*$/i;

/** RFC 9110 §7.6: connection headers end here, `Via` and `X-Forwarded-…` are added, all else goes on in its order. */
export function requestHead(request: IncomingMessage, target: HopTarget, policy: HeadPolicy): RequestHead {
  const { rawHeaders } = request;
  const set = target.headers;
  const named = namedByConnection(rawHeaders);
  const headers: string[] = [];
  const told: Record<string, string> = {};
  let hasBody = false;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const raw = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    const name = raw.toLowerCase();
    if (name === 'transfer-encoding') hasBody = true;
    else if (name === 'content-length') hasBody = value !== '0';
    else if (name === 'upgrade' && !IGNORED_UPGRADE.test(value)) return { refused: 'upgrade' };
    if (name === 'host' && told.host !== undefined) return { refused: 'malformed' };
    if (OURS.has(name)) told[name] = told[name] === undefined ? value : `${told[name]}, ${value}`;
    else if (HOP_BY_HOP.has(name) || named?.has(name) || set?.[name] !== undefined) continue;
    else if (policy.trustForwarded || !TOLD_BY_PROXIES.has(name)) headers.push(raw, value);
  }
  const via = told.via === undefined ? undefined : countOf(told.via, policy);
  if (via === 'loop') return { refused: 'loop' };

  const address = addressOf(target.path ?? request.url ?? '/');
  if (address === undefined) return { refused: 'malformed' };
  const host = set?.host ?? address.host ?? told.host;
  if (host !== undefined) headers.push('host', host);
  addForwarded(headers, request, told, host, policy.trustForwarded, set);
  const protocol = `${request.httpVersion} ${policy.name}`;
  headers.push('via', via === undefined ? protocol : `${via}, ${protocol}`);
  if (set !== undefined) for (const name in set) if (name !== 'host') headers.push(name, set[name] as string);
  return { path: address.path, headers, hasBody };
}

function countOf(via: string, { name, maxHops }: HeadPolicy): string | 'loop' {
  const ours = via.split(',').filter((each) => each.trim().endsWith(` ${name}`)).length;
  return ours >= maxHops ? 'loop' : via;
}

function addForwarded(
  headers: string[],
  request: IncomingMessage,
  told: Readonly<Record<string, string>>,
  host: string | undefined,
  trust: boolean,
  set: HopTarget['headers'],
): void {
  const { remoteAddress = 'unknown' } = request.socket;
  const client = remoteAddress.startsWith('::ffff:') ? remoteAddress.slice(7) : remoteAddress;
  const before = trust ? told['x-forwarded-for'] : undefined;
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && set?.[name] === undefined) headers.push(name, value);
  };
  add('x-forwarded-for', before === undefined ? client : `${before}, ${client}`);
  add('x-forwarded-proto', (trust && told['x-forwarded-proto']) || ('encrypted' in request.socket ? 'https' : 'http'));
  add('x-forwarded-host', (trust && told['x-forwarded-host']) || host);
}

/** Path and query; of the absolute form, which names its own host, too (RFC 9112 §3.2.2). Undefined for `*` and what else is no path. */
function addressOf(url: string): { readonly path: string; readonly host?: string } | undefined {
  if (url.startsWith('/')) return { path: url };
  const [, host, path = '/'] = /^https?:\/\/([^/?#]+)(\/[^#]*)?$/i.exec(url) ?? [];
  return host === undefined ? undefined : { path, host };
}
