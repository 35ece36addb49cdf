import { after } from 'node:test';
import { ownEngine } from '../../../test/engines/own-engine.ts';
import { systemClock, systemRandom } from '../clock/system.ts';
import { discoveryConformance } from './conformance.ts';
import { eurekaDiscovery } from './eureka.ts';
import { registryUnderTest } from './registry-harness.ts';

const engine = await ownEngine('eureka');
after(() => engine.remove());
const open = () =>
  eurekaDiscovery({ clock: systemClock, random: systemRandom, urls: [engine.url], pollMs: 300, graceMs: 15_000 });
let names = 0;

discoveryConformance(
  'eureka',
  async () => registryUnderTest('eureka', engine, open),
  () => `eureka-${++names}`,
);
