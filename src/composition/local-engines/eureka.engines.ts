import { launcherConformance } from './launcher-conformance.ts';
import { startEngine } from './start.ts';

const instance = {
  ...{ instanceId: 'one', hostName: 'one', app: 'SHOP', ipAddr: '127.0.0.1', status: 'UP', vipAddress: 'shop' },
  ...{ port: { $: 80, '@enabled': 'true' }, securePort: { $: 443, '@enabled': 'false' } },
  dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
};

launcherConformance('eureka', (options) => startEngine('eureka', options), {
  async put({ url }) {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${url}/apps/SHOP`, { method: 'POST', headers, body: JSON.stringify({ instance }) });
  },
  holds: async ({ url }) => (await fetch(`${url}/apps/SHOP`)).ok,
  inMemory: true,
});
