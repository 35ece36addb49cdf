import { join } from 'node:path';
import { describe, it } from 'node:test';
import { envoyConfig, envoyEndpoints } from './envoy.ts';
import { haproxyConfig } from './haproxy.ts';
import { nginxConfig } from './nginx.ts';
import { planOf } from './plan.ts';
import type { BalancerOptions, BalancerPlan } from './port.ts';

/**
 * What each engine is told, as files to read; `node --test --test-update-snapshots` writes them anew. That the engines take and
 * keep them is tried by drain-and-failover.engines.ts.
 */
const http = { upstreams: ['http://10.0.0.1:3001', 'http://[fd00::2]:3001'], home: 'unused' };
const certificate = { certificateFile: '/etc/jangteo/shop.pem', keyFile: '/etc/jangteo/shop.key' };
const engine = 'haproxy';
const variants: Readonly<Record<string, BalancerOptions>> = {
  layer7: { ...http, engine, layer: 7, port: 3000 },
  'layer7-tls-sticky': {
    ...http,
    engine,
    layer: 7,
    port: 3000,
    certificate,
    sticky: true,
    slowStartMs: 8_000,
    threads: 2,
  },
  'layer7-leader': { ...http, engine, layer: 7, port: 3000, leader: { prefix: '/v1/', healthPath: '/leaderz' } },
  layer4: { ...http, engine, layer: 4, port: 3000 },
  'layer4-tls': { ...http, engine, layer: 4, port: 443, host: '0.0.0.0', upstreams: ['https://10.0.0.1:3001'] },
  nobody: { ...http, engine, layer: 7, port: 3000, upstreams: [] },
};
const writers: Readonly<Record<string, (plan: BalancerPlan) => string>> = {
  haproxy: (plan) => haproxyConfig(plan, '/var/jangteo/certificate.pem'),
  nginx: (plan) => nginxConfig(plan, { streamModule: '/usr/lib/nginx/modules/ngx_stream_module.so' }),
  envoy: (plan) => envoyConfig(plan, { adminPort: 9901, endpointsFile: '/var/jangteo/endpoints.json' }),
  'envoy-endpoints.json': envoyEndpoints,
};
const asItIs = { serializers: [String] };

describe('configurations', () => {
  for (const [variant, options] of Object.entries(variants))
    for (const [kind, write] of Object.entries(writers).filter(([kind]) => !options.leader || kind === options.engine))
      it(`${variant}, ${kind}`, (t) => {
        t.assert.fileSnapshot(
          write(planOf(options)),
          join(import.meta.dirname, 'golden', `${variant}.${kind}`),
          asItIs,
        );
      });
});
