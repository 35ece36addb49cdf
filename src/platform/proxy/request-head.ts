import type { IncomingMessage } from 'node:http';
import { HOP_BY_HOP, namedByConnection } from './hop-by-hop.ts';
import type { HopTarget } from './port.ts';

/** A request's head as the upstream gets it. */
export interface ForwardedHead {
  readonly path: string;
  /** Name, value, name, value… */
  readonly headers: string[];
  readonly hasBody: boolean;
}

/** The head, or why it cannot be forwarded. */
export type RequestHead = ForwardedHead | { readonly refused: 'malformed' | 'upgrade' | 'loop' };

export interface HeadPolicy {
  readonly trustForwarded: boolean;
  readonly name: string;
  readonly maxHops: number;
}

/** Headers that do not simply go on. Trailers of requests are not forwarded, so neither is their list; nor is `Expect`, which we answered. */
const RULES = new Map<string, 'host' | 'length' | 'body' | 'upgrade' | 'drop' | 'ours' | 'proxies'>([
  ...[...HOP_BY_HOP, 'expect', 'trailer'].map((name) => [name, 'drop'] as const),
  ['host', 'host'],
  ['content-length', 'length'],
  ['transfer-encoding', 'body'],
  ['upgrade', 'upgrade'],
  ...['via', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'].map((name) => [name, 'ours'] as const),
  ...['forwarded', 'x-real-ip', 'x-forwarded-port', 'x-forwarded-prefix'].map((name) => [name, 'proxies'] as const),
]);
/** An offer of HTTP/2 may be passed over in silence (RFC 9110 §7.8); who asks for another protocol must hear no. */
const IGNORED_UPGRADE = /^\s*h2c\s*$/i;

/** RFC 9110 §7.6: connection headers end here, `Via` and `X-Forwarded-…` are added, all else goes on in its order. */
export function requestHead(request: IncomingMessage, target: HopTarget, policy: HeadPolicy): RequestHead {
  const { rawHeaders } = request;
  const { headers: set } = target;
  const named = namedByConnection(rawHeaders);
  const headers: string[] = [];
  let told: Record<string, string> | undefined;
  let hostTold: string | undefined;
  let hasBody = false;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const raw = rawHeaders[i] as string;
    const value = rawHeaders[i + 1] as string;
    const name = raw.toLowerCase();
    switch (RULES.get(name)) {
      case undefined:
        break;
      case 'host':
        if (hostTold !== undefined) return { refused: 'malformed' };
        hostTold = value;
        continue;
      case 'length':
        hasBody ||= value !== '0';
        break;
      case 'body':
        // Another coding would be taken away here and stay in the body.
        if (value.toLowerCase() !== 'chunked') return { refused: 'malformed' };
        hasBody = true;
        continue;
      case 'upgrade':
        if (!IGNORED_UPGRADE.test(value)) return { refused: 'upgrade' };
        continue;
      case 'drop':
        continue;
      case 'ours':
        told = { ...told, [name]: told?.[name] === undefined ? value : `${told[name]}, ${value}` };
        continue;
      case 'proxies':
        if (policy.trustForwarded) break;
        continue;
    }
    if (named?.has(name) || set?.[name] !== undefined) continue;
    headers.push(raw, value);
  }
  const via = told?.via;
  if (via !== undefined && isLoop(via, policy)) return { refused: 'loop' };

  const address = addressOf(target.path ?? request.url ?? '/');
  if (address === undefined) return { refused: 'malformed' };
  const host = set?.host ?? address.host ?? hostTold;
  if (host !== undefined) headers.push('host', host);
  addForwarded(headers, request, policy.trustForwarded ? told : undefined, host, set);
  const protocol = `${request.httpVersion} ${policy.name}`;
  headers.push('via', via === undefined ? protocol : `${via}, ${protocol}`);
  if (set !== undefined) for (const name in set) if (name !== 'host') headers.push(name, set[name] as string);
  return { path: address.path, headers, hasBody };
}

function isLoop(via: string, { name, maxHops }: HeadPolicy): boolean {
  return via.split(',').filter((each) => each.trim().endsWith(` ${name}`)).length >= maxHops;
}

/** `told` by a proxy in front that is trusted: added to. */
function addForwarded(
  headers: string[],
  request: IncomingMessage,
  told: Readonly<Record<string, string>> | undefined,
  host: string | undefined,
  set: HopTarget['headers'],
): void {
  const { remoteAddress = 'unknown' } = request.socket;
  const client = remoteAddress.startsWith('::ffff:') ? remoteAddress.slice(7) : remoteAddress;
  const before = told?.['x-forwarded-for'];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && set?.[name] === undefined) headers.push(name, value);
  };
  add('x-forwarded-for', before === undefined ? client : `${before}, ${client}`);
  add('x-forwarded-proto', told?.['x-forwarded-proto'] ?? ('encrypted' in request.socket ? 'https' : 'http'));
  add('x-forwarded-host', told?.['x-forwarded-host'] ?? host);
}

/** Path and query; of the absolute form, which names its own host, too (RFC 9112 §3.2.2). Undefined for `*` and what else is no path. */
function addressOf(url: string): { readonly path: string; readonly host?: string } | undefined {
  if (url.startsWith('/')) return { path: url };
  const [, host, path = '/'] = /^https?:\/\/([^/?#]+)(\/[^#]*)?$/i.exec(url) ?? [];
  return host === undefined ? undefined : { path, host };
}
