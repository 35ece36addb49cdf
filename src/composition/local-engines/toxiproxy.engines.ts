import { launcherConformance } from './launcher-conformance.ts';
import { startEngine } from './start.ts';

launcherConformance('toxiproxy', (options) => startEngine('toxiproxy', options), {
  async put({ url }) {
    const link = { name: 'word', listen: '127.0.0.1:0', upstream: '127.0.0.1:9', enabled: true };
    await fetch(`${url}/proxies`, { method: 'POST', body: JSON.stringify(link) });
  },
  holds: async ({ url }) => (await fetch(`${url}/proxies/word`)).ok,
  inMemory: true,
});
