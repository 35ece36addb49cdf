import type { IncomingMessage } from 'node:http';
import { HOP_BY_HOP, namedByConnection } from './hop-by-hop.ts';
import type { HopTarget } from './port.ts';

/** A request's head as the upstream gets it. */
export interface ForwardedHead {
  /** All of it, with its empty line. */
  readonly head: string;
  /** How a body follows. */
  readonly body: 'none' | 'length' | 'chunks';
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

/** Of requests with these a recipient wants to hear that there is no body (RFC 9110 §8.6). */
const EXPECTS_BODY = new Set(['POST', 'PUT', 'PATCH']);
/** Would end the request line, or a header line, before its time. */
const NO_PATH = /[^\x21-\xff]/;
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** RFC 9110 §7.6: connection headers end here, `Via` and `X-Forwarded-…` are added, all else goes on in its order. */
export function requestHead(request: IncomingMessage, target: HopTarget, policy: HeadPolicy): RequestHead {
  const { rawHeaders, method = 'GET' } = request;
  const { headers: set } = target;
  const named = namedByConnection(rawHeaders);
  let lines = '';
  let told: Record<string, string> | undefined;
  let hostTold: string | undefined;
  let length = EXPECTS_BODY.has(method) ? '0' : undefined;
  let isChunked = false;
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
        length = value;
        continue;
      case 'body':
        // Another coding would be taken away here and stay in the body.
        if (value.toLowerCase() !== 'chunked') return { refused: 'malformed' };
        isChunked = true;
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
    lines += `${raw}: ${value}\r\n`;
  }
  const via = told?.via;
  if (via !== undefined && isLoop(via, policy)) return { refused: 'loop' };

  const address = addressOf(target.path ?? request.url ?? '/');
  if (address === undefined || NO_PATH.test(address.path)) return { refused: 'malformed' };
  const host = set?.host ?? address.host ?? hostTold;
  lines += forwardedLines(request, policy.trustForwarded ? told : undefined, host, set);
  lines += `via: ${via === undefined ? '' : `${via}, `}${request.httpVersion} ${policy.name}\r\n`;
  for (const name in set) {
    const value = set[name] as string;
    if (NO_VALUE.test(value)) return { refused: 'malformed' };
    if (name !== 'host') lines += `${name}: ${value}\r\n`;
  }
  if (isChunked) lines += 'transfer-encoding: chunked\r\n';
  else if (length !== undefined) lines += `content-length: ${length}\r\n`;
  const hostLine = host === undefined ? '' : `host: ${host}\r\n`;
  return {
    head: `${method} ${address.path} HTTP/1.1\r\n${hostLine}connection: keep-alive\r\n${lines}\r\n`,
    body: isChunked ? 'chunks' : length === undefined || length === '0' ? 'none' : 'length',
  };
}

function isLoop(via: string, { name, maxHops }: HeadPolicy): boolean {
  return via.split(',').filter((each) => each.trim().endsWith(` ${name}`)).length >= maxHops;
}

/** `told` by a proxy in front that is trusted: added to. */
function forwardedLines(
  request: IncomingMessage,
  told: Readonly<Record<string, string>> | undefined,
  host: string | undefined,
  set: HopTarget['headers'],
): string {
  const { remoteAddress = 'unknown' } = request.socket;
  const client = remoteAddress.startsWith('::ffff:') ? remoteAddress.slice(7) : remoteAddress;
  const before = told?.['x-forwarded-for'];
  const line = (name: string, value: string | undefined) =>
    value === undefined || set?.[name] !== undefined ? '' : `${name}: ${value}\r\n`;
  return (
    line('x-forwarded-for', before === undefined ? client : `${before}, ${client}`) +
    line('x-forwarded-proto', told?.['x-forwarded-proto'] ?? ('encrypted' in request.socket ? 'https' : 'http')) +
    line('x-forwarded-host', told?.['x-forwarded-host'] ?? host)
  );
}

/** Path and query; of the absolute form, which names its own host, too (RFC 9112 §3.2.2). Undefined for `*` and what else is no path. */
function addressOf(url: string): { readonly path: string; readonly host?: string } | undefined {
  if (url.startsWith('/')) return { path: url };
  const [, host, path = '/'] = /^https?:\/\/([^/?#]+)(\/[^#]*)?$/i.exec(url) ?? [];
  return host === undefined ? undefined : { path, host };
}
