import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { known } from '../../src/composition/registry.ts';
import { topologyFile } from '../../src/composition/settings.ts';
import type { Topology } from '../../src/composition/topology.ts';
import { call, cartWith, checkoutBody, eventually, order, stockShop } from '../scenarios/api.ts';
import { type SupervisedUnderTest, startSupervised } from '../topologies/supervised.ts';
import { dashboardExpressions, metricsIn, ruleExpressions, ruleFiles } from './files.ts';

/** What takes long to start is there already; the topology starts the rest: startEngine('otelcol'), startEngine('jaeger'), startEngine('prometheus') and startEngine('alertmanager'). */
const THERE = {
  redis: process.env.JANGTEO_TEST_REDIS,
  kafka: process.env.JANGTEO_TEST_KAFKA,
  opensearch: process.env.JANGTEO_TEST_OPENSEARCH,
  zipkin: process.env.JANGTEO_TEST_ZIPKIN,
};

const WITHIN_MS = 60_000;

/** The observed topology with as many processes as the trace needs, as a file in `folder`: each process reads it for itself. */
function fewer(folder: string): string {
  const whole = JSON.parse(readFileSync(topologyFile('observed'), 'utf8')) as Topology;
  const { search: _search, orderStatus: _status, ...topology } = whole;
  const processes = {
    'web-gateway': { gateway: { routes: 'microservices' } },
    door: { edges: known.edges },
    orders: { services: ['cart', 'orders'], integrations: ['seller-autopilot'] },
    inventory: { services: ['catalog', 'search', 'inventory'] },
    payments: { services: ['payments'], integrations: ['card-processor'] },
    shipping: { services: ['shipping'], integrations: ['carrier'] },
  };
  const there = Object.entries(THERE).map(([name, url]) => {
    assert.ok(url, `JANGTEO_TEST_${name.toUpperCase()} says where it is: npm run test:engines sets it`);
    return [name, { url }] as const;
  });
  const engines = { ...topology.engines, ...Object.fromEntries(there) };
  const file = join(folder, 'fewer.json');
  writeFileSync(file, JSON.stringify({ ...topology, engines, processes }));
  return file;
}

interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly process: string;
}

describe('a shop with telemetry', { concurrency: false }, () => {
  const traceId = randomBytes(16).toString('hex');
  const traceparent = () => `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-observed-'));
  let shop: SupervisedUnderTest;
  before(async () => {
    shop = await startSupervised(fewer(folder), { ownDatabase: true });
    await stockShop(at('door-1'));
  });
  after(async () => {
    await shop?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The shop as it is reached through one of its processes. */
  const at = (name: string) => ({ ...shop, url: addressOf(name) ?? '' });
  const addressOf = (name: string) => {
    if (name === 'zipkin' || name === 'opensearch') return THERE[name];
    const port = shop.rows().find((row) => row.name === name || row.name.startsWith(`${name} `))?.port;
    assert.ok(port, `${name} runs: ${shop.rows().map((row) => row.name)}`);
    return `http://127.0.0.1:${port}`;
  };

  it('shows an order in one trace, from the gateway through Kafka to shipping, in Zipkin as in Jaeger', async () => {
    const gateway = at('web-gateway-1');
    const cart = await cartWith(gateway, { 'towel-1': 1 });
    const placed = await call(gateway, 'POST', `/v1/carts/${cart.cartId}/checkout`, {
      token: cart.token,
      body: checkoutBody(),
      headers: { 'idempotency-key': randomUUID(), prefer: 'wait=20', traceparent: traceparent() },
    });
    assert.equal(placed.status, 201, JSON.stringify(placed.body));
    const { orderId } = placed.body;
    for (const { parcelId } of (await order(gateway, orderId, cart.token)).parcels) {
      const shipped = await call(at('door-1'), 'POST', `/v1/admin/orders/${orderId}/parcels/${parcelId}/ship`, {
        token: shop.adminToken,
        body: {},
        headers: { 'idempotency-key': randomUUID(), traceparent: traceparent() },
      });
      assert.ok(shipped.status < 300, JSON.stringify(shipped.body));
    }
    for (const spansOf of [zipkinSpans, jaegerSpans]) {
      const missing = (spans: readonly Span[]) =>
        WANTED.filter(([process, name]) => !spans.some((span) => span.process === process && name.test(span.name)));
      const spans = await eventually(spansOf, (found) => missing(found).length === 0, WITHIN_MS).catch(async () => {
        const found = await spansOf();
        assert.deepEqual(missing(found), [], JSON.stringify(found.map(({ process, name }) => `${process}: ${name}`)));
        return found;
      });
      assertGatewayFirst(spans);
    }
  });

  const WANTED: readonly (readonly [process: string, name: RegExp])[] = [
    ['web-gateway', /^gateway post/i],
    ['door', /^door post/i],
    ['orders', /^post \/v1\/carts\/:cartid\/checkout/i],
    ['orders', /^orders decides/i],
    ['inventory', /^inventory\.reserve/i],
    ['inventory', /^inventory decides/i],
    ['payments', /^payments\.authorise/i],
    ['payments', /^card-processor\.authorise/i],
    ['inventory', /^inventory hears orderconfirmed/i],
    ['payments', /^payments hears parcelshipped/i],
    ['shipping', /^shipping hears parcelshipped/i],
    ['shipping', /^carrier\.book/i],
  ];

  /** The span of the process that sold hangs on the gateway's. */
  function assertGatewayFirst(spans: readonly Span[]): void {
    const byId = new Map(spans.map((span) => [span.id, span]));
    const sold = spans.find(({ process, name }) => process === 'orders' && /\/checkout$/i.test(name));
    const above: string[] = [];
    for (let span = sold; span !== undefined; span = byId.get(span.parent ?? '')) above.push(span.process);
    assert.deepEqual(above, ['orders', 'web-gateway']);
  }

  async function zipkinSpans(): Promise<readonly Span[]> {
    const answer = await fetch(`${addressOf('zipkin')}/api/v2/trace/${traceId}`);
    if (!answer.ok) return [];
    const found = (await answer.json()) as {
      id: string;
      parentId?: string;
      name?: string;
      localEndpoint?: { serviceName?: string };
    }[];
    return found.map(({ id, parentId, name, localEndpoint }) => ({
      ...{ id, parent: parentId, name: name ?? '', process: localEndpoint?.serviceName ?? '' },
    }));
  }

  async function jaegerSpans(): Promise<readonly Span[]> {
    const answer = await fetch(`${addressOf('jaeger')}/api/traces/${traceId}`);
    if (!answer.ok) return [];
    const { data } = (await answer.json()) as {
      data: {
        spans: { spanID: string; operationName: string; processID: string; references: { spanID: string }[] }[];
        processes: Record<string, { serviceName: string }>;
      }[];
    };
    return data.flatMap(({ spans, processes }) =>
      spans.map(({ spanID, operationName, processID, references }) => ({
        ...{ id: spanID, parent: references[0]?.spanID, name: operationName },
        process: processes[processID]?.serviceName ?? '',
      })),
    );
  }

  it('finds the log lines of that trace in OpenSearch, those of several processes', async () => {
    const lines = async () => {
      const answer = await fetch(`${addressOf('opensearch')}/jangteo-logs-*/_search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ size: 100, query: { term: { traceId } } }),
      });
      const { hits } = (await answer.json()) as {
        hits?: { hits: { _source: { body: string; resource: Record<string, string>; attributes: object } }[] };
      };
      return (hits?.hits ?? []).map(({ _source }) => _source);
    };
    const found = await eventually(
      lines,
      (all) => new Set(all.map(({ resource }) => resource['service.name'])).size >= 2,
      WITHIN_MS,
    );
    assert.ok(found.some(({ body, resource }) => body === 'answered' && resource['service.name'] === 'orders'));
    assert.ok(found.every(({ resource }) => resource['service.namespace'] === 'observed'));
  });

  const prometheus = async (path: string): Promise<{ status: string; data: never; error?: string }> =>
    (await (await fetch(`${addressOf('prometheus')}/api/v1/${path}`)).json()) as never;

  it('has a Prometheus that asks every process and every engine that answers', async () => {
    const targets = async () => {
      const { activeTargets } = (await prometheus('targets')).data as {
        activeTargets: { labels: { instance: string }; health: string }[];
      };
      return activeTargets
        .filter(({ health }) => health === 'up')
        .map(({ labels }) => labels.instance)
        .sort();
    };
    const processes = ['door-1', 'inventory-1', 'orders-1', 'payments-1', 'shipping-1', 'web-gateway-1'];
    const engines = ['alertmanager', 'jaeger', 'otelcol', 'prometheus'];
    const wanted = [...processes, ...engines, 'supervisor'].sort();
    const found = await eventually(targets, (all) => all.length >= wanted.length, WITHIN_MS).catch(targets);
    assert.deepEqual(found, wanted);
  });

  it('knows every metric that rules and dashboards ask for, and understands every expression', async () => {
    await shop.verify();
    const expressions = [...ruleExpressions(), ...dashboardExpressions()];
    const recorded = ruleFiles().flatMap(({ text }) => [...text.matchAll(/- record: (\S+)/g)].map(([, name]) => name));
    const asked = new Set(expressions.flatMap(({ expr }) => metricsIn(expr)));
    for (const name of ['up', 'ALERTS', ...recorded]) asked.delete(name ?? '');
    const missing = async () => {
      const known = new Set(Object.keys((await prometheus('metadata')).data as object));
      return [...asked].filter((name) => !known.has(name) && !known.has(name.replace(/_(bucket|sum|count)$/, '')));
    };
    await eventually(missing, (names) => names.length === 0, WITHIN_MS).catch(async () =>
      assert.deepEqual(await missing(), []),
    );
    for (const { file, expr } of expressions) {
      const { status, error } = await prometheus(`query?query=${encodeURIComponent(expr)}`);
      assert.equal(status, 'success', `${file}: ${expr}: ${error}`);
    }
    const { groups } = (await prometheus('rules')).data as { groups: { name: string; rules: { health: string }[] }[] };
    assert.ok(groups.some(({ name }) => name === 'gateways'));
    assert.deepEqual(
      groups.flatMap(({ rules }) => rules.filter(({ health }) => health === 'err')),
      [],
    );
  });

  it('has an Alertmanager that Prometheus knows', async () => {
    const { activeAlertmanagers } = (await prometheus('alertmanagers')).data as {
      activeAlertmanagers: { url: string }[];
    };
    assert.deepEqual(
      activeAlertmanagers.map(({ url }) => new URL(url).origin),
      [addressOf('alertmanager')],
    );
  });
});
