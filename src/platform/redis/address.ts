/** Where a Redis is, read from one line of text. */
export interface RedisAddress {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** The server; the sentinels; some nodes of the cluster. */
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** Under which name the sentinels watch the primary. */
  readonly group: string;
  readonly database: number;
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
}

const FORM = /^redis(s)?(?:-(sentinel|cluster))?:\/\/(?:([^@/]*)@)?([^@/?#]+)(?:\/(\d*))?(?:#([\w.-]+))?$/;
const DEFAULT_PORTS = { single: 6379, sentinel: 26379, cluster: 6379 };
const FORMS =
  'redis://host:6379/0, redis-sentinel://host:26379,host:26379/0#group or redis-cluster://host:6379,host:6379 (rediss… for TLS, user:password@ before the hosts)';

/**
 * Reads `redis://host:port/database`, `redis-sentinel://host:port,…/database#group` or `redis-cluster://host:port,…`; with `rediss`
 * over TLS; `user:password@` stands before the hosts. Throws a RangeError whose message tells the forms, and nothing of a password.
 */
export function redisAddress(text: string): RedisAddress {
  const match = FORM.exec(text);
  if (match === null) throw new RangeError(`the address of a Redis has one of these forms: ${FORMS}`);
  const [, tls, variant, account, hosts = '', database = '', group = ''] = match;
  const kind = variant === 'sentinel' || variant === 'cluster' ? variant : 'single';
  const nodes = hosts.split(',').map((host) => nodeOf(host, DEFAULT_PORTS[kind]));
  const fits =
    (kind !== 'single' || nodes.length === 1) &&
    (kind === 'sentinel') === (group !== '') &&
    (kind !== 'cluster' || database === '');
  if (!fits) throw new RangeError(`the address of a Redis has one of these forms: ${FORMS}`);
  return { kind, nodes, group, database: Number(database), tls: tls !== undefined, ...accountOf(account) };
}

function nodeOf(text: string, defaultPort: number): { host: string; port: number } {
  const [, bracketed, plain, portText] = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = portText === undefined ? defaultPort : Number(portText);
  if (host === undefined || port < 1 || port > 65_535)
    throw new RangeError(`a host of a Redis is written as host:port; the forms are ${FORMS}`);
  return { host, port };
}

function accountOf(text: string | undefined): { username?: string; password?: string } {
  if (text === undefined || text === '') return {};
  const colon = text.indexOf(':');
  const username = decodeURIComponent(colon < 0 ? text : text.slice(0, colon));
  return {
    ...(username === '' ? {} : { username }),
    ...(colon < 0 ? {} : { password: decodeURIComponent(text.slice(colon + 1)) }),
  };
}
