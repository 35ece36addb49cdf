import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../platform/clock/seeded.ts';
import { virtualClock } from '../platform/clock/virtual.ts';
import { type DiscoveryChoice, openDiscovery } from './discovery.ts';

const opened = (choice: DiscoveryChoice) => openDiscovery(choice, virtualClock(), seededRandom(1));

test('each kind is what it is called', async () => {
  const one = { id: 'app-1', origin: 'http://127.0.0.1:1', metadata: {} };
  const list = await opened({ kind: 'static', lists: { app: [one] } });
  assert.deepEqual((await list.watch('app').first).instances, [one]);
  const registries: readonly DiscoveryChoice[] = [
    { kind: 'consul', address: 'http://127.0.0.1:8500, http://127.0.0.1:8501', token: 'secret' },
    { kind: 'eureka', address: 'http://127.0.0.1:8761/eureka' },
  ];
  for (const choice of registries) {
    const discovery = await opened(choice);
    assert.deepEqual([discovery.capabilities.registers, discovery.capabilities.leases], [true, true]);
    await discovery.close();
  }
  for (const scheme of ['', 'dns://']) {
    const dns = await opened({ kind: 'dns', address: `${scheme}127.0.0.1:8600,[::1]:53/{name}.service.consul` });
    assert.equal(dns.capabilities.registers, false);
    await dns.close();
  }
});

test('an address that is missing or none is refused in a sentence', async () => {
  const refused: readonly (readonly [DiscoveryChoice, RegExp])[] = [
    [{ kind: 'consul' }, /address "": give one such as http:\/\/127\.0\.0\.1:8500/],
    [{ kind: 'eureka', address: 'localhost:8761' }, /8761\/eureka/],
    [{ kind: 'dns', address: '10.0.0.2:53' }, /service\.consul/],
  ];
  for (const [choice, message] of refused) await assert.rejects(opened(choice), { name: 'SetupFault', message });
});
