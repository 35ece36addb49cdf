import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { known } from '../registry.ts';
import { cloneFolder } from '../settings.ts';
import { readTopology, type Topology } from '../topology.ts';
import { checkTopology, contradictionsIn } from './contradictions.ts';
import type { ProcessEntry } from './growth.ts';

const laptop = readTopology(join(cloneFolder, 'topologies', 'laptop.json'), known);
const { services, integrations, edges } = known;
const everything = { services: [...services], integrations: [...integrations], edges: [...edges] };

const scaleOut: Topology = {
  ...laptop,
  engines: { database: { start: true } },
  processes: { app: { ...everything, replicas: 2, port: 3001 } },
  balancer: { engine: 'haproxy', layer: 7, to: 'app', port: 3000 },
};
const certificate = { certificateFile: 'env:CERTIFICATE', keyFile: 'env:KEY' };
const without = (list: readonly string[], ...left: readonly string[]) => list.filter((each) => !left.includes(each));
const withProcess = (name: string, process: ProcessEntry): Topology => ({
  ...scaleOut,
  processes: { ...scaleOut.processes, [name]: process },
});
const app = (change: ProcessEntry): Topology => withProcess('app', { ...scaleOut.processes?.app, ...change });

const grow = { max: 4, underWay: 8, growAfterMs: 3_000, shrinkAfterMs: 60_000, restMs: 5_000 };

const growing = (change: ProcessEntry = {}): Topology => ({
  ...scaleOut,
  engines: { ...scaleOut.engines, opensearch: { start: true } },
  search: 'opensearch',
  processes: {
    app: { ...scaleOut.processes?.app, services: without(services, 'search') },
    search: { services: ['search'], grow, ...change },
  },
});

describe('a topology that does not contradict itself', () => {
  for (const [what, topology] of [
    ['the laptop', laptop],
    ['two processes with everything', scaleOut],
    ['embedded search in two replicas, for one of them leads', { ...scaleOut, search: 'embedded' }],
    ['search that grows by itself', growing({ port: 4_000 })],
    ['sessions in memory of the only door', { ...app({ replicas: 1 }), sessions: 'memory' }],
    [
      'a service in a process of its own and in the app',
      withProcess('pay', { services: ['payments'], integrations: ['card-processor'], port: 4000 }),
    ],
    [
      'gateways in front, balanced where TLS ends',
      {
        ...withProcess('front', {
          gateway: { routes: 'microservices', trusts: ['::1', '10.0.0.0/8'], certificate },
          replicas: 2,
        }),
        balancer: { engine: 'haproxy', layer: 4, to: 'front' },
      },
    ],
    [
      'hosts of their own, and one port',
      { ...app({ hosts: ['10.0.0.5', '10.0.0.6'] }), engines: { database: { url: 'env:DATABASE_URL' } } },
    ],
  ] as const)
    it(`may have ${what}`, () => {
      assert.deepEqual(contradictionsIn(topology, known), []);
      checkTopology(topology, known);
    });
});

describe('a contradiction is told where it stands, with the way out:', () => {
  const remote = { url: 'env:DATABASE_URL' } as const;
  const cases: readonly (readonly [string, Topology, string, RegExp])[] = [
    [
      'sessions in memory of two replicas',
      { ...scaleOut, sessions: 'memory' },
      '/sessions',
      /signed out at every other.*postgres or redis/,
    ],
    [
      'a service that nobody runs',
      app({ services: without(services, 'cart') }),
      '/services/cart',
      /no process runs the service cart/,
    ],
    [
      'an integration that nobody runs beside its service',
      app({ integrations: without(integrations, 'carrier') }),
      '/processes/app/integrations',
      /carrier works beside shipping, which the process app runs: list it there, too/,
    ],
    ['an edge that nobody shows', app({ edges: without(edges, 'web') }), '/processes', /no process shows the edge web/],
    [
      'a service twice in a process',
      app({ services: [...services, 'cart'] }),
      '/processes/app/services',
      /lists cart twice/,
    ],
    [
      'a service that the topology lacks',
      app({ services: [...services, 'reviews'] }),
      '/processes/app/services',
      /reviews, which is not among/,
    ],
    ['a process with nothing to do', withProcess('idle', {}), '/processes/idle', /nothing to do/],
    [
      'an integration without its service',
      withProcess('demo', { integrations: ['seller-autopilot'] }),
      '/processes/demo/integrations',
      /seller-autopilot works beside orders, which the process demo does not run/,
    ],
    [
      'a gateway that is something else as well',
      withProcess('front', { gateway: { routes: 'microservices' }, edges: ['web'] }),
      '/processes/front',
      /front is a gateway and runs web as well/,
    ],
    [
      'a gateway without routes',
      withProcess('front', { gateway: { routes: 'none-such' } }),
      '/processes/front/gateway/routes',
      /There is no route table/,
    ],
    [
      'a gateway that believes what is no network',
      withProcess('front', { gateway: { routes: 'microservices', trusts: ['10.0.0.0/8', '10.0.0.0/33'] } }),
      '/processes/front/gateway/trusts',
      /10\.0\.0\.0\/33 is no address and no network/,
    ],
    [
      'TLS that ends behind who reads requests',
      {
        ...withProcess('front', { gateway: { routes: 'microservices', certificate } }),
        balancer: { engine: 'haproxy', layer: 7, to: 'front' },
      },
      '/balancer/layer',
      /TLS ends at front: balance at layer 4/,
    ],
    ['two writers without a database', { ...scaleOut, engines: {} }, '/engines/database', /2 processes would write/],
    ['Kafka as a bus without Kafka', { ...scaleOut, bus: 'kafka' }, '/bus', /names no engine kafka/],
    ['sessions in Redis without Redis', { ...scaleOut, sessions: 'redis' }, '/sessions', /names no engine redis/],
    ['limits in Redis without Redis', { ...scaleOut, rateLimits: 'redis' }, '/rateLimits', /rateLimits to memory/],
    ['copies of carts without Redis', { ...scaleOut, cartCopies: 'redis' }, '/cartCopies', /cartCopies to none/],
    [
      'copies of carts that no other process could read',
      { ...laptop, engines: { redis: { start: true } }, cartCopies: 'redis' },
      '/cartCopies',
      /this topology is one process/,
    ],
    ['search in OpenSearch without it', { ...scaleOut, search: 'opensearch' }, '/search', /names no engine opensearch/],
    [
      'more replicas of what only stands by',
      { ...scaleOut, processes: { app: { ...scaleOut.processes?.app, grow } } },
      '/processes/app/grow',
      /would only stand by/,
    ],
    [
      'a most that it has already',
      { ...scaleOut, processes: { app: { ...scaleOut.processes?.app, grow: { ...grow, max: 2 } } } },
      '/processes/app/grow/max',
      /2 replicas already/,
    ],
    [
      'proxies beside replicas that come and go',
      { ...growing(), sidecars: { engine: 'envoy' } },
      '/processes/search/grow',
      /nothing would stand beside the replicas that search has for a while/,
    ],
    [
      'a port of a replica that comes later',
      growing({ port: 2_997 }),
      '/processes/search/port',
      /the balancer and search-4 would both listen at port 3000/,
    ],
    [
      'lists of orders in OpenSearch without it',
      { ...scaleOut, orderStatus: 'opensearch' },
      '/orderStatus',
      /set orderStatus to embedded/,
    ],
    ['discovery by Consul without it', { ...scaleOut, discovery: 'consul' }, '/discovery', /names no engine consul/],
    [
      'an engine both started and named',
      { ...scaleOut, engines: { database: { start: true, ...remote } } },
      '/engines/database',
      /leave out "start" or "url"/,
    ],
    [
      'an engine that is nowhere',
      { ...scaleOut, engines: { database: {} } },
      '/engines/database',
      /nobody knows where database is/,
    ],
    [
      'a name server to be started',
      { ...scaleOut, engines: { ...scaleOut.engines, dns: { start: true } } },
      '/engines/dns',
      /never started/,
    ],
    [
      'a mode of what has none',
      { ...scaleOut, engines: { database: { start: true, mode: 'cluster' } } },
      '/engines/database/mode',
      /Redis’s alone/,
    ],
    [
      'an engine of this machine for another',
      app({ hosts: ['10.0.0.5', '10.0.0.6'] }),
      '/engines/database',
      /cannot reach it/,
    ],
    [
      'fewer hosts than replicas',
      { ...app({ hosts: ['10.0.0.5'] }), engines: { database: remote } },
      '/processes/app/hosts',
      /2 times but has 1 hosts/,
    ],
    [
      'a balancer to nowhere',
      { ...scaleOut, balancer: { engine: 'nginx', layer: 4, to: 'door' } },
      '/balancer/to',
      /which is no process: let it lead to app/,
    ],
    [
      'a balancer to no door',
      { ...withProcess('depot', { services: ['catalog'] }), balancer: { engine: 'nginx', layer: 4, to: 'depot' } },
      '/balancer/to',
      /shows no edge/,
    ],
    [
      'stickiness where no request is seen',
      { ...scaleOut, balancer: { engine: 'envoy', layer: 4, to: 'app', sticky: true } },
      '/balancer/layer',
      /layer 7/,
    ],
    [
      'a certificate where TLS passes through',
      {
        ...scaleOut,
        balancer: { engine: 'envoy', layer: 4, to: 'app', certificate: { certificateFile: 'c', keyFile: 'k' } },
      },
      '/balancer/certificate',
      /passes TLS through/,
    ],
    [
      'two at one port',
      withProcess('depot', { services: ['catalog'], port: 3002 }),
      '/processes/depot/port',
      /app-2 and depot-1 would both listen at port 3002/,
    ],
    [
      'a process at the balancer’s port',
      app({ port: 2999 }),
      '/processes/app/port',
      /the balancer and app-2 would both/,
    ],
    ['a port that does not exist', app({ port: 65_535 }), '/processes/app/port', /app-2 would listen at port 65536/],
  ];
  for (const [what, topology, at, says] of cases)
    it(what, () => {
      const found = contradictionsIn(topology, known);
      assert.deepEqual(
        found.map((each) => each.at),
        [at],
      );
      assert.match(found[0]?.says ?? '', says);
      assert.doesNotMatch(found[0]?.says ?? '', /\n/);
      assert.throws(() => checkTopology(topology, known), { name: 'SetupFault', message: says });
    });

  it('several of them, the first and their number', () => {
    const topology: Topology = { ...scaleOut, sessions: 'redis', bus: 'kafka', search: 'opensearch' };
    assert.throws(() => checkTopology(topology, known), { message: /scale|laptop.* at \/sessions: .*\(and 2 more:/ });
  });
});

/** Any division of the shop into processes, with ports far enough apart. */
const divided: fc.Arbitrary<Topology> = fc
  .record({
    owners: fc.array(fc.nat({ max: 4 }), { minLength: services.length, maxLength: services.length }),
    replicas: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
    door: fc.nat({ max: 4 }),
  })
  .map(({ owners, replicas, door }) => {
    const used = [...new Set([...owners, door])].sort();
    const processOf = (index: number): ProcessEntry => {
      const own = services.filter((_, service) => owners[service] === index);
      return {
        services: own,
        integrations: integrations.filter((name) => own.includes(known.besides[name] ?? '')),
        edges: index === door ? [...edges] : [],
        ...(replicas[index] !== undefined && { replicas: replicas[index] }),
        port: 3000 + index * 10,
      };
    };
    const processes = Object.fromEntries(used.map((index) => [`p-${'abcde'[index]}`, processOf(index)]));
    return { ...laptop, engines: { database: { start: true } }, processes };
  });

describe('however a shop is divided into processes', () => {
  it('nothing is contradictory while every part runs somewhere', () => {
    fc.assert(fc.property(divided, (topology) => contradictionsIn(topology, known).length === 0));
  });

  it('a part that is taken out of the process that runs it is missed by name', () => {
    fc.assert(
      fc.property(divided, fc.constantFrom(...services), (topology, lost) => {
        const processes = Object.fromEntries(
          Object.entries(topology.processes ?? {}).map(([name, { services: own = [], ...rest }]) => [
            name,
            { ...rest, services: without(own, lost) },
          ]),
        );
        const found = contradictionsIn({ ...topology, processes }, known);
        return found.some(({ at }) => at === `/services/${lost}`);
      }),
    );
  });
});
