import { createHash } from 'node:crypto';
import { SetupFault } from '../fault.ts';
import type { BalancerOptions, BalancerPlan, Upstream } from './port.ts';

const HEALTH_PATH = '/readyz';
const LOOPBACK = '127.0.0.1';
const NAME_LENGTH = 10;
/** What may stand in a configuration as it is: no spaces, quotes, braces or semicolons. */
const PLAIN_PATH = /^\/[A-Za-z0-9/._~-]*$/;
const PLAIN_HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)$/i;

/** Options with everything filled in. Throws a SetupFault for what contradicts itself or cannot be written down. */
export function planOf(options: BalancerOptions): BalancerPlan {
  const {
    layer,
    host = LOOPBACK,
    port,
    certificate,
    leader,
    healthPath = HEALTH_PATH,
    sticky = false,
    slowStartMs = 0,
    threads,
  } = options;
  const urls = options.upstreams.map(originOf);
  const secure = urls.filter((url) => url.protocol === 'https:');
  if (secure.length > 0 && secure.length < urls.length)
    throw new SetupFault('Some upstreams of the balancer are http and some https: give all of them the same scheme.');
  if (layer === 7 && secure.length > 0)
    throw new SetupFault('A balancer at layer 7 reads requests, so its upstreams must be http: or choose layer 4.');
  if (layer === 4 && certificate !== undefined)
    throw new SetupFault('A balancer at layer 4 passes TLS through: leave out its certificate, or choose layer 7.');
  if (layer === 4 && sticky)
    throw new SetupFault('A balancer at layer 4 cannot set cookies: leave out "sticky", or choose layer 7.');
  if (leader !== undefined && (layer === 4 || options.engine !== 'haproxy'))
    throw new SetupFault('Only HAProxy at layer 7 sends requests to the leader: leave that out, or choose it.');
  for (const path of [healthPath, leader?.healthPath, leader?.prefix])
    if (path !== undefined && !PLAIN_PATH.test(path))
      throw new SetupFault(`The balancer cannot take the path ${path}: give a plain one such as ${HEALTH_PATH}.`);
  if (!PLAIN_HOST.test(host))
    throw new SetupFault(`The balancer cannot listen at ${host}: give a host name or an address.`);
  for (const file of Object.values(certificate ?? {}))
    if (/["\s]/.test(file)) throw new SetupFault(`The file ${file} has spaces or quotes in its name: give it another.`);
  return {
    ...{ layer, host, port, healthPath, sticky, slowStartMs },
    ...(certificate && { certificate }),
    ...(leader && { leader }),
    ...(threads !== undefined && { threads }),
    upstreams: distinct(urls.map(upstreamOf)),
    upstreamsSpeakTls: secure.length > 0,
  };
}

function originOf(origin: string): URL {
  const url = URL.parse(origin);
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url;
  throw new SetupFault(`${origin} is no upstream for a balancer: give an origin such as http://127.0.0.1:3001.`);
}

function upstreamOf({ hostname, port, protocol }: URL): Upstream {
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  return { name: nameOf(`${hostname}:${number}`), host: hostname, port: number };
}

function nameOf(address: string): string {
  return `r${createHash('sha256').update(address).digest('hex').slice(0, NAME_LENGTH)}`;
}

function distinct(upstreams: readonly Upstream[]): readonly Upstream[] {
  return [...new Map(upstreams.map((each) => [each.name, each])).values()];
}
