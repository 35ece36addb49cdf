import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { RunningEngine } from '../local-engines/port.ts';
import { known } from '../registry.ts';
import { cloneFolder } from '../settings.ts';
import type { EngineName } from '../topology/growth.ts';
import { readTopology } from '../topology.ts';
import { alertmanagerConfig } from './alertmanager-config.ts';
import { collectorConfig } from './collector-config.ts';
import { configOf, writeTargets } from './engine-wiring.ts';
import { gatewayRules } from './gateway-rules.ts';
import { outlived } from './log-index.ts';
import { prometheusConfig, targetsFile } from './prometheus-config.ts';

const PORTS = { main: 4318, grpc: 4319, health: 4320, metrics: 4321 };

describe('the collector', () => {
  it('sends traces to Zipkin and Jaeger and logs to OpenSearch, where there are any', () => {
    const backends = { zipkin: 'http://z:9411', jaeger: 'http://j:4318', opensearch: 'http://o:9200' };
    const { exporters, service } = JSON.parse(collectorConfig(PORTS, backends));
    assert.deepEqual(exporters, {
      zipkin: { endpoint: 'http://z:9411/api/v2/spans' },
      'otlphttp/jaeger': { endpoint: 'http://j:4318' },
      opensearch: { http: { endpoint: 'http://o:9200' }, logs_index: 'jangteo-logs' },
    });
    assert.deepEqual(service.pipelines.traces.exporters, ['zipkin', 'otlphttp/jaeger']);
    assert.deepEqual(service.pipelines.logs.exporters, ['opensearch']);
  });

  it('counts what nobody wants', () => {
    const { exporters, service } = JSON.parse(collectorConfig(PORTS, {}));
    assert.deepEqual(exporters, { debug: { verbosity: 'basic' } });
    assert.deepEqual(service.pipelines.logs.exporters, ['debug']);
  });
});

describe('Prometheus', () => {
  it('asks whoever is in its files, judges by the rules, and hands alerts on', () => {
    const config = JSON.parse(
      prometheusConfig({
        ...{ shop: 'observed', processTargets: '/t/p.json', sidecarTargets: '/t/s.json', engineTargets: '/t/e.json' },
        rules: ['/r/*.yml'],
        ...{ alertmanager: '127.0.0.1:9093', interval: '1s' },
      }),
    );
    assert.deepEqual(config.global, {
      ...{ scrape_interval: '1s', evaluation_interval: '1s', external_labels: { shop: 'observed' } },
    });
    assert.deepEqual(
      config.scrape_configs.map((each: { job_name: string }) => each.job_name),
      ['jangteo', 'sidecars', 'engines'],
    );
    assert.deepEqual(config.rule_files, ['/r/*.yml']);
    assert.deepEqual(config.alerting.alertmanagers[0].static_configs[0].targets, ['127.0.0.1:9093']);
  });

  it('is told of everybody by name, and where their metrics are', () => {
    assert.deepEqual(
      JSON.parse(
        targetsFile([
          { instance: 'orders-1', url: 'http://127.0.0.1:3001', labels: { process: 'orders' } },
          { instance: 'zipkin', url: 'https://z:9411', path: '/prometheus' },
        ]),
      ),
      [
        { targets: ['127.0.0.1:3001'], labels: { process: 'orders', instance: 'orders-1' } },
        { targets: ['z:9411'], labels: { instance: 'zipkin', __scheme__: 'https', __metrics_path__: '/prometheus' } },
      ],
    );
  });
});

describe('Alertmanager', () => {
  const topology = {
    services: { orders: { team: 'desk' }, payments: { team: 'money' }, search: {} },
    teams: { desk: { alerts: { url: 'env:DESK' } }, money: { mail: ['money@example.com'] } },
    defaultTeam: 'desk',
  };
  it('tells the team that owns the service, and the default team of the rest', () => {
    const config = JSON.parse(
      alertmanagerConfig(topology, (value) => value.replace('env:', 'http://'), {
        ...{ smtpUrl: 'smtp://me:p%40ss@mail.example', from: 'shop@example.com' },
      }),
    );
    assert.equal(config.route.receiver, 'desk');
    assert.deepEqual(config.route.routes, [
      { receiver: 'desk', matchers: ['service=~"orders"'] },
      { receiver: 'money', matchers: ['service=~"payments"'] },
    ]);
    const [desk, money] = config.receivers;
    assert.deepEqual(desk.webhook_configs, [{ url: 'http://DESK', send_resolved: true }]);
    assert.equal(money.email_configs[0].smarthost, 'mail.example:587');
    assert.equal(money.email_configs[0].auth_password, 'p@ss');
  });

  it('without a team has nobody to tell, and says so by a name', () => {
    const { route, receivers } = JSON.parse(alertmanagerConfig({ services: {} }));
    assert.deepEqual([route.receiver, receivers], ['nobody', [{ name: 'nobody' }]]);
  });
});

it('thresholds of a gateway become rules of that gateway, with a page for each', () => {
  const file = JSON.parse(
    gatewayRules([
      { gateway: 'web-gateway', errorRatio: 0.01, shedRatio: 0.02, p99Seconds: 2, forSeconds: 300 },
      { gateway: 'web-gateway', route: '/v1/carts/*', errorRatio: 0.005, forSeconds: 120 },
    ]),
  );
  const { rules } = file.groups[0];
  assert.deepEqual(
    rules.map((rule: { alert: string; for: string }) => `${rule.alert} ${rule.for}`),
    ['GatewayErrors 300s', 'GatewayShedding 300s', 'GatewayLatency 300s', 'GatewayErrors 120s'],
  );
  assert.match(rules[3].expr, /process="web-gateway",route="\/v1\/carts\/\*",status=~"5\.\."/);
  assert.equal(rules[3].annotations.runbook_url, 'docs/runbooks/GatewayErrors.md');
});

it('log lines of days long past are found by their index, and nothing else is', () => {
  const names = ['jangteo-logs-2026.11.01', 'jangteo-logs-2026.11.20', 'jangteo-products-1', 'jangteo-logs-2026'];
  assert.deepEqual(outlived(names, Date.parse('2026-11-22T10:00:00Z'), 14), ['jangteo-logs-2026.11.01']);
});

it('the observed topology is that of microservices, and what watches it', () => {
  const named = (name: string) => readTopology(join(cloneFolder, 'topologies', `${name}.json`), known);
  const { engines = {}, ...observed } = named('observed');
  const { otelcol, zipkin, jaeger, prometheus, alertmanager, ...others } = engines;
  const watching = [otelcol, zipkin, jaeger, prometheus, alertmanager];
  assert.ok(watching.every((engine) => engine?.start === true));
  const microservices = named('microservices');
  assert.deepEqual({ ...observed, engines: others, name: 'microservices' }, microservices);
});

it('a topology says all of it: the collector hears of those that were started, targets are written down', () => {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-wiring-'));
  try {
    const topology = readTopology(join(cloneFolder, 'topologies', 'microservices.json'), known);
    const started = new Map<EngineName, Pick<RunningEngine, 'url' | 'ports'>>([
      ['jaeger', { url: 'http://127.0.0.1:16686', ports: { main: 16_686, 'otlp-http': 16_688, admin: 16_690 } }],
      ['otelcol', { url: 'http://127.0.0.1:4318', ports: PORTS }],
    ]);
    const named = { alertmanager: 'http://alerts:9093', opensearch: 'http://logs:9200' };
    const world = { ...{ topology, home, env: {}, settings: {}, named, started } };
    const collector = JSON.parse(configOf('otelcol', world)?.(PORTS) ?? '');
    assert.equal(collector.exporters['otlphttp/jaeger'].endpoint, 'http://127.0.0.1:16688');
    assert.equal(collector.exporters.opensearch.http.endpoint, 'http://logs:9200');
    const prometheus = JSON.parse(configOf('prometheus', world)?.(PORTS) ?? '');
    assert.deepEqual(prometheus.alerting.alertmanagers[0].static_configs[0].targets, ['alerts:9093']);
    assert.equal(configOf('kafka', world), undefined);
    const rules = readFileSync(join(home, 'telemetry', 'rules', 'gateways.yml'), 'utf8');
    assert.match(rules, /web-gateway/);

    const replica = { name: 'orders-1', url: 'http://127.0.0.1:3001', plan: { name: 'orders' } };
    const second = { ...replica, name: 'orders-2', url: 'http://127.0.0.1:3002' };
    const beside = { instance: 'orders-1 sidecar', url: 'http://127.0.0.1:20100', labels: { process: 'orders' } };
    const all = { sidecars: [beside], engines: started, supervisor: 'http://127.0.0.1:3999' };
    const written = (name: string) => readFileSync(join(home, 'telemetry', name), 'utf8');
    const asked = () => written('processes.json').match(/127\.0\.0\.1:\d+/g);
    writeTargets(home, { ...all, replicas: [replica, second] });
    assert.deepEqual(asked(), ['127.0.0.1:3001', '127.0.0.1:3002', '127.0.0.1:3999']);
    assert.match(written('processes.json'), /"supervisor"/);
    assert.match(written('engines.json'), /127\.0\.0\.1:16690[\s\S]*127\.0\.0\.1:4321/);
    assert.deepEqual(JSON.parse(written('sidecars.json')), [
      { targets: ['127.0.0.1:20100'], labels: { process: 'orders', instance: 'orders-1 sidecar' } },
    ]);
    const before = statSync(join(home, 'telemetry', 'engines.json')).ino;
    writeTargets(home, { ...all, replicas: [replica] });
    assert.deepEqual(asked(), ['127.0.0.1:3001', '127.0.0.1:3999'], 'who has gone is not missed');
    assert.equal(statSync(join(home, 'telemetry', 'engines.json')).ino, before, 'what stays is not written again');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
