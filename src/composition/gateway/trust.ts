import { BlockList, isIP } from 'node:net';
import type { Balancer, GatewayEntry } from '../topology/growth.ts';

const REMEMBERED = 1_024;

/** Whether whoever connects from an address tells the truth about clients: the topology's balancer at layer 7, or one of `trusts`. */
export function trustedFronts(
  { trusts = [] }: Pick<GatewayEntry, 'trusts'>,
  balancer: Balancer | undefined,
  gateway: string,
): (address: string | undefined) => boolean {
  if (trusts.length === 0) {
    const isBalanced = balancer?.layer === 7 && balancer.to === gateway;
    return () => isBalanced;
  }
  const list = new BlockList();
  for (const each of trusts) {
    const [address = '', bits] = each.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  // Few fronts make many requests.
  const known = new Map<string, boolean>();
  return (address = '') => {
    const answer = known.get(address);
    if (answer !== undefined) return answer;
    const version = isIP(address);
    const isTrusted = version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
    if (known.size >= REMEMBERED) known.clear();
    known.set(address, isTrusted);
    return isTrusted;
  };
}
