import { systemClock, systemRandom } from '../clock/system.ts';
import { consulDiscovery } from './consul.ts';
import { eurekaDiscovery } from './eureka.ts';

/** A process that registers itself and beats, until it is killed: `consul|eureka <url> <name> <id> <ttl in ms>`. */
const [kind, url = '', name = '', id = '', ttl = ''] = process.argv.slice(2);
const common = { clock: systemClock, random: systemRandom, urls: [url] };
const discovery = kind === 'consul' ? consulDiscovery(common) : eurekaDiscovery(common);
const instance = { id, origin: 'http://127.0.0.1:9', metadata: {} };
await discovery.register(name, instance, { ttlMs: Number(ttl) }).taken;
process.send?.('registered');
process.on('disconnect', () => process.exit(0));
