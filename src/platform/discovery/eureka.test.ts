import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eurekaRegistry, hashOf } from './eureka-registry.ts';
import { instanceOf, registrationOf, registryOf } from './eureka-words.ts';

const one = { id: 'app-1', origin: 'https://10.0.0.1:8443', metadata: { zone: 'a' } };

function registered(actionType?: string, status = 'UP', id = 'app-1') {
  const body = registrationOf('app', { ...one, id }, 9_000, 5) as { instance: Record<string, unknown> };
  return { ...body.instance, status, ...(actionType === undefined ? {} : { actionType }) };
}

function answered(hash: string, ...instances: object[]) {
  return registryOf({ applications: { apps__hashcode: hash, application: [{ name: 'APP', instance: instances }] } });
}

test('what was registered is read back as it was, also from a list of one without its list', () => {
  const full = registryOf({
    applications: { apps__hashcode: 'UP_1_', application: { name: 'APP', instance: registered() } },
  });
  const [found] = full.instances;
  assert.ok(found);
  assert.deepEqual(instanceOf(found.instance), one);
});

test('an instance of somebody else tells its origin by address and port', () => {
  const stranger = { ...registered(), metadata: { '@class': 'java.util.Collections$EmptyMap' } };
  const [found] = answered('UP_1_', stranger).instances;
  assert.ok(found);
  assert.deepEqual(instanceOf(found.instance), { id: 'app-1', origin: 'https://10.0.0.1:8443', metadata: {} });
});

test('half of the ttl is asked for, because Eureka lets a lease live twice', () => {
  const { instance } = registrationOf('app', one, 9_000, 5) as { instance: { leaseInfo: object } };
  assert.deepEqual(instance.leaseInfo, { renewalIntervalInSecs: 3, durationInSecs: 5 });
});

test('changes keep the registry up, and those that were missed are noticed', () => {
  const registry = eurekaRegistry();
  registry.replace(answered('UP_1_', registered()));
  assert.ok(registry.apply(answered('UP_2_', registered('ADDED', 'UP', 'app-2'))));
  assert.deepEqual(
    registry.up('app').map(({ id }) => id),
    ['app-1', 'app-2'],
  );
  assert.ok(registry.apply(answered('DOWN_1_UP_1_', registered('MODIFIED', 'DOWN'))));
  assert.ok(registry.apply(answered('UP_1_', registered('DELETED'))));
  assert.deepEqual(
    registry.up('app').map(({ id }) => id),
    ['app-2'],
  );
  assert.ok(!registry.apply(answered('UP_3_')));
});

test('the hash is Eureka’s: statuses in their order, with their numbers', () => {
  assert.equal(hashOf(['UP', 'DOWN', 'UP', 'STARTING']), 'DOWN_1_STARTING_1_UP_2_');
  assert.equal(hashOf([]), '');
});

test('an answer that is something else is refused', () => {
  assert.throws(() => registryOf({ message: 'not found' }), /something else than a registry/);
});
