import { launcherConformance } from './launcher-conformance.ts';
import { startEngine } from './start.ts';

launcherConformance('consul', (options) => startEngine('consul', options), {
  async put({ url }) {
    await fetch(`${url}/v1/kv/word`, { method: 'PUT', body: 'kept' });
  },
  holds: async ({ url }) => (await (await fetch(`${url}/v1/kv/word?raw`)).text()) === 'kept',
});
