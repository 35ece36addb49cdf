import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instancesOf, serviceOf } from './consul-words.ts';

const one = { id: 'app-1', origin: 'http://[fd00::1]:3001', metadata: { zone: 'a' } };

test('what was registered is read back as it was', () => {
  const { Check, ...service } = serviceOf('app', one, 3_000, 'ttl') as Record<string, unknown>;
  assert.deepEqual(Check, { TTL: '3000ms', Status: 'passing', DeregisterCriticalServiceAfter: '1m' });
  assert.deepEqual([service.ID, service.Address, service.Port], ['app:app-1', 'fd00::1', 3001]);
  assert.deepEqual(instancesOf('app', [{ Node: { Address: '10.0.0.1' }, Service: service }]), [one]);
});

test('with an HTTP check Consul asks the instance itself, three times within the ttl', () => {
  const { Check } = serviceOf('app', one, 3_000, { http: '/readyz' }) as { Check: Record<string, unknown> };
  assert.deepEqual([Check.HTTP, Check.Interval, Check.Timeout], ['http://[fd00::1]:3001/readyz', '1000ms', '3000ms']);
});

test('a service of somebody else tells its origin by address and port, else by its node', () => {
  const Service = { ID: 'x', Address: '', Port: 80, Meta: null };
  const answer = [
    { Node: { Address: '10.0.0.1' }, Service },
    { Node: { Address: '10.0.0.1' }, Service: { ...Service, ID: 'y', Address: 'fd00::2' } },
  ];
  assert.deepEqual(
    instancesOf('app', answer).map(({ id, origin }) => `${id} ${origin}`),
    ['x http://10.0.0.1:80', 'y http://[fd00::2]:80'],
  );
});

test('an answer that is something else is refused', () => {
  assert.throws(() => instancesOf('app', 'No cluster leader'), /something else than a list of services/);
});
