import { after } from 'node:test';
import { ownEngine } from '../../../test/engines/own-engine.ts';
import { systemClock, systemRandom } from '../clock/system.ts';
import { discoveryConformance } from './conformance.ts';
import { consulDiscovery } from './consul.ts';
import { dnsDiscovery } from './dns.ts';
import { registryUnderTest } from './registry-harness.ts';

/** Consul by its API; and DNS, for which Consul is the server: it answers SRV records of those whose check passes. */
const engine = await ownEngine('consul');
after(() => engine.remove());
const common = { clock: systemClock, random: systemRandom };
const consul = () => consulDiscovery({ ...common, urls: [engine.url], waitMs: 3_000 });
const dns = () =>
  dnsDiscovery({
    ...common,
    servers: [`127.0.0.1:${engine.ports.dns}`],
    pattern: '{name}.service.consul',
    records: 'srv',
    leastMs: 200,
  });
let names = 0;

discoveryConformance(
  'consul',
  async () => registryUnderTest('consul', engine, consul),
  () => `consul-${++names}`,
);
discoveryConformance(
  'dns',
  async () => {
    const { registrant: _, ...registry } = registryUnderTest('consul', engine, consul);
    return { ...registry, open: dns };
  },
  () => `dns-${++names}`,
);
