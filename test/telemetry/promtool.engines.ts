import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { alertmanagerConfig } from '../../src/composition/telemetry/alertmanager-config.ts';
import { collectorConfig } from '../../src/composition/telemetry/collector-config.ts';
import { gatewayRules } from '../../src/composition/telemetry/gateway-rules.ts';
import { prometheusConfig } from '../../src/composition/telemetry/prometheus-config.ts';
import type { Topology } from '../../src/composition/topology.ts';
import { type OwnEngine, ownEngine } from '../engines/own-engine.ts';

const RULES = join(import.meta.dirname, '../../telemetry/rules');

/** Each engine judges its configuration before it starts (`promtool`, `amtool`, `otelcol validate`): what it refuses does not start. */
describe('what the engines themselves say', () => {
  const started: OwnEngine[] = [];
  after(async () => {
    for (const engine of started) await engine.remove();
  });

  it('the rules do what their tests say', () => {
    const said = execFileSync('promtool', ['test', 'rules', ...globSync(join(RULES, 'tests', '*.yml'))], {
      encoding: 'utf8',
    });
    assert.equal(said.match(/SUCCESS/g)?.length, 3, said);
  });

  it('Prometheus takes its configuration and every rule, those of gateways too', async () => {
    const rules = globSync(join(RULES, '*.yml'));
    const config = () =>
      prometheusConfig({
        ...{ shop: 'checked', processTargets: '/nowhere/p.json', engineTargets: '/nowhere/e.json' },
        ...{ sidecarTargets: '/nowhere/s.json', rules },
        alertmanager: '127.0.0.1:1',
      });
    const engine = await ownEngine('prometheus', { config });
    started.push(engine);
    const { data } = (await (await fetch(`${engine.url}/api/v1/rules`)).json()) as { data: { groups: object[] } };
    assert.equal(data.groups.length, 5);
    const gateways = gatewayRules([
      { gateway: 'web', errorRatio: 0.01, shedRatio: 0.01, p99Seconds: 2, forSeconds: 300 },
      { gateway: 'web', route: '/v1/carts/*', errorRatio: 0.01, shedRatio: 0.01, p99Seconds: 2, forSeconds: 300 },
    ]);
    const file = join(engine.folder, 'gateways.yml');
    writeFileSync(file, gateways);
    const said = execFileSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    assert.match(said, /6 rules found/);
  });

  it('Alertmanager takes its configuration, with teams that are told by webhook and mail', async () => {
    const teams: Pick<Topology, 'services' | 'teams' | 'defaultTeam'> = {
      services: { orders: { team: 'desk' }, payments: { team: 'money' } },
      teams: {
        desk: { alerts: { url: 'http://127.0.0.1:1/alerts' } },
        money: { mail: ['money@example.com'] },
      },
      defaultTeam: 'desk',
    };
    const mailing = { smtpUrl: 'smtp://me:secret@127.0.0.1:1', from: 'shop@example.com' };
    const engine = await ownEngine('alertmanager', { config: () => alertmanagerConfig(teams, undefined, mailing) });
    started.push(engine);
    const { config } = (await (await fetch(`${engine.url}/api/v2/status`)).json()) as { config: { original: string } };
    assert.match(config.original, /money@example\.com/);
    assert.doesNotMatch(config.original, /secret@|: secret/);
  });

  it('the collector takes its configuration, with and without anybody to send to', async () => {
    const everybody = { zipkin: 'http://127.0.0.1:1', jaeger: 'http://127.0.0.1:1', opensearch: 'http://127.0.0.1:1' };
    for (const backends of [everybody, {}]) {
      const engine = await ownEngine('otelcol', { config: (ports) => collectorConfig(ports, backends) });
      started.push(engine);
      const answer = await fetch(`http://127.0.0.1:${engine.ports.metrics}/metrics`);
      assert.match(await answer.text(), /otelcol_process_uptime/);
    }
  });
});
