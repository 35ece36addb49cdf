import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planOf } from './plan.ts';
import type { BalancerOptions } from './port.ts';

const options: BalancerOptions = {
  engine: 'haproxy',
  layer: 7,
  port: 3000,
  upstreams: ['http://127.0.0.1:3001', 'http://127.0.0.1:3002/'],
  home: 'unused',
};

test('what is not said is filled in', () => {
  const { upstreams, ...rest } = planOf(options);
  assert.deepEqual(rest, {
    ...{ layer: 7, host: '127.0.0.1', port: 3000, healthPath: '/readyz' },
    ...{ sticky: false, slowStartMs: 0, upstreamsSpeakTls: false },
  });
  assert.deepEqual(
    upstreams.map(({ host, port }) => `${host}:${port}`),
    ['127.0.0.1:3001', '127.0.0.1:3002'],
  );
});

test('an upstream keeps its name whoever stands beside it, and stands once', () => {
  const [first] = planOf(options).upstreams;
  const [, again] = planOf({ ...options, upstreams: ['http://[::1]', 'http://127.0.0.1:3001'] }).upstreams;
  assert.equal(again?.name, first?.name);
  assert.equal(planOf({ ...options, upstreams: ['http://a:80', 'http://A', 'http://a:81'] }).upstreams.length, 2);
});

test('contradictions are refused in a sentence with the way out', () => {
  const tls = { certificateFile: '/etc/shop.pem', keyFile: '/etc/shop.key' };
  const refusals: readonly (readonly [Partial<BalancerOptions>, RegExp])[] = [
    [{ layer: 4, certificate: tls }, /leave out its certificate, or choose layer 7/],
    [{ layer: 4, sticky: true }, /leave out "sticky", or choose layer 7/],
    [{ upstreams: ['https://a'] }, /must be http: or choose layer 4/],
    [{ layer: 4, upstreams: ['https://a', 'http://b'] }, /give all of them the same scheme/],
    [{ upstreams: ['a:80'] }, /a:80 is no upstream.*http:\/\/127/],
    [{ upstreams: ['http://a/path'] }, /is no upstream/],
    [{ healthPath: '/readyz; return 200' }, /cannot take the path .*return 200: give a plain one/],
    [{ leader: { prefix: '/v1/ }', healthPath: '/leaderz' } }, /cannot take the path \/v1\/ }/],
    [{ layer: 4, leader: { prefix: '/v1/', healthPath: '/leaderz' } }, /Only HAProxy at layer 7/],
    [{ engine: 'nginx', leader: { prefix: '/v1/', healthPath: '/leaderz' } }, /Only HAProxy at layer 7/],
    [{ host: '0.0.0.0:80 ssl' }, /cannot listen at/],
    [{ certificate: { ...tls, keyFile: '/my files/key' } }, /spaces or quotes/],
  ];
  for (const [change, message] of refusals)
    assert.throws(() => planOf({ ...options, ...change }), { name: 'SetupFault', message }, JSON.stringify(change));
});
