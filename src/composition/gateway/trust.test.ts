import assert from 'node:assert/strict';
import { it } from 'node:test';
import { trustedFronts } from './trust.ts';

const balancer = { engine: 'haproxy', to: 'web-gateway' } as const;

it('whose word on the client is believed: the balancer’s at layer 7, or that of the networks that are named', () => {
  const trusted = (layer: 4 | 7, to = 'web-gateway') =>
    trustedFronts({}, { ...balancer, layer, to }, 'web-gateway')('10.0.0.1');
  assert.deepEqual([trusted(7), trusted(4), trusted(7, 'other')], [true, false, false]);
  assert.equal(trustedFronts({}, undefined, 'web-gateway')('127.0.0.1'), false);
  const named = trustedFronts(
    { trusts: ['10.0.0.0/8', '192.0.2.7', 'fd00::/8'] },
    { ...balancer, layer: 7 },
    'web-gateway',
  );
  const asked = ['10.9.9.9', '11.0.0.1', '192.0.2.7', '192.0.2.8', 'fd00::1', '::ffff:10.0.0.1', undefined];
  assert.deepEqual(
    [...asked, ...asked].map((each) => named(each)),
    [...Array(2)].flatMap(() => [true, false, true, false, true, true, false]),
  );
});
