import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { known } from '../registry.ts';
import { cloneFolder } from '../settings.ts';
import { readTopology, type Topology } from '../topology.ts';
import { diffOf } from './diff.ts';
import { diffText } from './diff-text.ts';
import type { GatewayEntry } from './growth.ts';
import { showText } from './show.ts';

const laptop = readTopology(join(cloneFolder, 'topologies', 'laptop.json'), known);
const { services, integrations, edges } = known;

const pair: Topology = {
  ...laptop,
  name: 'pair',
  connectionsPerService: 4,
  engines: { database: { start: true } },
  processes: {
    app: { replicas: 2, port: 3001, services: [...services], integrations: [...integrations], edges: [...edges] },
  },
  balancer: { engine: 'haproxy', layer: 7, to: 'app', sticky: true },
};

const apart: Topology = {
  ...pair,
  name: 'apart',
  partitions: 8,
  services: { ...pair.services, cart: { settings: { defaultCurrency: 'KRW' } } },
  engines: { database: { url: 'postgres://shop:hunter2@db:5432/postgres' }, redis: { start: true, mode: 'sentinel' } },
  sessions: 'redis',
  processes: {
    app: {
      ...pair.processes?.app,
      replicas: 3,
      services: services.filter((name) => name !== 'payments'),
      integrations: integrations.filter((name) => name !== 'card-processor'),
    },
    pay: {
      services: ['payments'],
      integrations: ['card-processor'],
      hosts: ['10.0.0.5', '10.0.0.6'],
      port: 4000,
      env: { CARD_API_KEY: 'hush' },
    },
  },
};

describe('the step from one topology to another', () => {
  it('that say the same is none', () => {
    assert.deepEqual(diffOf(pair, pair, known), []);
    assert.equal(diffText('pair', 'pair', []), 'pair and pair say the same.');
  });

  it('tells processes, what moves, and settings', () => {
    assert.equal(
      diffText('laptop', 'pair', diffOf(laptop, pair, known)),
      `From laptop to pair:

Processes
  - shop: 1 replica
  + app: 2 replicas

Services
  ~ catalog, search, inventory, cart, orders, payments, shipping: shop → app

Integrations
  ~ card-processor, carrier, seller-autopilot: shop → app

Edges
  ~ api, web, console, ios, android: shop → app

Load balancer
  + balancer: haproxy at layer 7 before app, sticky

Settings
  ~ connectionsPerService: 6 → 4
  + app.port: 3001`,
    );
  });

  it('tells replicas, engines and choices, what must be known of it, and no secret', () => {
    const text = diffText('pair', 'apart', diffOf(pair, apart, known));
    assert.equal(
      text,
      `From pair to apart:

Processes
  ~ app: 2 replicas → 3 replicas
  + pay: 2 replicas on 10.0.0.5, 10.0.0.6

Services
  ~ payments: app → pay

Integrations
  ~ card-processor: app → pay

Engines
  ~ database: started on this machine → at postgres://shop:••••••••@db:5432/postgres
  + redis: started on this machine, sentinel

What the shop uses
  ~ sessions: postgres → redis
  ~ rateLimits: memory → redis

Settings
  ~ partitions: 4 → 8 (fixed with the first start: a shop that has data refuses the step)
  ~ cart.defaultCurrency: GBP → KRW
  + pay.port: 4000
  + pay.env.CARD_API_KEY: ••••••••`,
    );
  });

  it('tells the way back by the same changes, turned around', () => {
    const turned = diffOf(apart, pair, known).map(({ area, subject, from, to }) => [area, subject, to, from]);
    const there = diffOf(pair, apart, known).map(({ area, subject, from, to }) => [area, subject, from, to]);
    assert.deepEqual(turned.sort(), there.sort());
  });
});

it('a topology is shown as a table of what runs where', () => {
  assert.equal(
    showText(apart, known),
    `apart

process  replicas  at                  runs
app      3         ports 3001 to 3003  catalog, search, inventory, cart, orders, shipping
                                       carrier, seller-autopilot
                                       api, web, console, ios, android
pay      2         10.0.0.5:4000       payments
                   10.0.0.6:4000       card-processor

database     at postgres://shop:••••••••@db:5432/postgres
redis        started on this machine, sentinel
sessions     redis
rateLimits   redis
cartCopies   none
bus          log
search       embedded
orderStatus  embedded
discovery    static
leaders      together
balancer     haproxy at layer 7 before app`,
  );
  assert.match(showText(laptop, known), /^shop +1 +any port +catalog, search/m);
});

it('a gateway is told: its routes, and where TLS ends', () => {
  const front = (gateway: GatewayEntry): Topology => ({ ...laptop, processes: { front: { gateway } } });
  const certificate = { certificateFile: 'a.pem', keyFile: 'a.key' };
  const before = front({ routes: 'microservices' });
  const after = front({ routes: 'mobile', trusts: ['10.0.0.0/8'], certificate });
  assert.deepEqual(
    diffOf(before, after, known).filter(({ area }) => area === 'gateways'),
    [
      {
        area: 'gateways',
        subject: 'front',
        from: 'gateway by the routes microservices',
        to: 'gateway by the routes mobile, TLS ends here, behind 10.0.0.0/8',
      },
    ],
  );
});
