import type { Clock, Random } from '../platform/clock/port.ts';
import type { Discovery, Instance } from '../platform/discovery/port.ts';
import { SetupFault } from './fault.ts';
import { withoutPassword } from './shown-address.ts';

export interface DiscoveryChoice {
  readonly kind: 'static' | 'consul' | 'eureka' | 'dns';
  /**
   * Of the registry's servers, separated by commas: `http://127.0.0.1:8500`, `http://127.0.0.1:8761/eureka`; of DNS the resolvers
   * and what to ask them for: `10.0.0.2:53/{name}.service.consul` (SRV records), with `dns://` before it or without.
   */
  readonly address?: string;
  /** What a static list says. */
  readonly lists?: Readonly<Record<string, readonly Instance[]>>;
  /** An ACL token of Consul. */
  readonly token?: string;
}

const EUREKA_POLL_MS = 2_000;

/** The discovery that a topology chose; loads no other. Throws a SetupFault when its address is missing or none. */
export async function openDiscovery(choice: DiscoveryChoice, clock: Clock, random: Random): Promise<Discovery> {
  const common = { clock, random };
  switch (choice.kind) {
    case 'static':
      return (await import('../platform/discovery/static.ts')).staticDiscovery(clock, choice.lists ?? {});
    case 'consul': {
      const { consulDiscovery } = await import('../platform/discovery/consul.ts');
      const token = choice.token === undefined ? {} : { token: choice.token };
      return consulDiscovery({ ...common, urls: urlsOf(choice), ...token });
    }
    case 'eureka': {
      const { eurekaDiscovery } = await import('../platform/discovery/eureka.ts');
      return eurekaDiscovery({ ...common, urls: urlsOf(choice), pollMs: EUREKA_POLL_MS });
    }
    case 'dns': {
      const { dnsDiscovery } = await import('../platform/discovery/dns.ts');
      const [resolvers = '', pattern = ''] = addressOf(choice)
        .replace(/^dns:\/\//, '')
        .split('/');
      if (!pattern.includes('{name}')) throw wrong(choice, '10.0.0.2:53/{name}.service.consul');
      return dnsDiscovery({ ...common, servers: partsOf(resolvers), pattern, records: 'srv' });
    }
  }
}

function urlsOf(choice: DiscoveryChoice): readonly string[] {
  const urls = partsOf(addressOf(choice));
  const isWrong = urls.length === 0 || urls.some((url) => !/^https?:\/\/./.test(url) || URL.parse(url) === null);
  if (isWrong) throw wrong(choice, choice.kind === 'consul' ? 'http://127.0.0.1:8500' : 'http://127.0.0.1:8761/eureka');
  return urls;
}

function addressOf(choice: DiscoveryChoice): string {
  return choice.address ?? '';
}

function partsOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function wrong({ kind, address = '' }: DiscoveryChoice, example: string): SetupFault {
  return new SetupFault(
    `Discovery by ${kind} cannot use the address "${withoutPassword(address)}": give one such as ${example}.`,
  );
}
