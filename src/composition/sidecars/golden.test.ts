import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sidecarConfig } from './envoy.ts';
import { type SidecarPlan, uriOf } from './plan.ts';

/**
 * What Envoy is told, as files to read; `node --test --test-update-snapshots` writes them anew. That Envoy takes and keeps them is
 * tried by sidecars.engines.ts.
 */
const plan: SidecarPlan = {
  self: 'orders-1',
  inbound: { host: '127.0.0.1', port: 22_501, processPort: 3_001 },
  peers: [
    { name: 'cart-1', uri: uriOf('jangteo', 'cart'), listen: 22_601, host: '127.0.0.1', port: 22_503 },
    { name: 'search-1', uri: uriOf('jangteo', 'search'), listen: 22_602, host: 'search.internal', port: 15_006 },
  ],
  adminPort: 22_502,
  mtls: {
    callers: ['cart', 'orders', 'search'].map((process) => uriOf('jangteo', process)),
    ownFile: '/var/jangteo/sidecars/orders-1/own.json',
    authoritiesFile: '/var/jangteo/sidecars/orders-1/authorities.json',
  },
};
const { mtls: _mtls, ...plain } = plan;
const variants: Readonly<Record<string, SidecarPlan>> = { mtls: plan, plain };
const asItIs = { serializers: [String] };

describe('what a proxy beside a process is told', () => {
  for (const [variant, told] of Object.entries(variants))
    it(variant, (t) => {
      t.assert.fileSnapshot(sidecarConfig(told), join(import.meta.dirname, 'golden', `${variant}.envoy`), asItIs);
    });
});
