import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { memoryShop } from '../../src/composition/memory-shop-harness.ts';
import { alertmanagerConfig } from '../../src/composition/telemetry/alertmanager-config.ts';
import { prometheusConfig, targetsFile } from '../../src/composition/telemetry/prometheus-config.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import { ownEngine } from '../engines/own-engine.ts';
import { cartWith, checkout, eventually, stockShop } from '../scenarios/api.ts';
import { shortened } from './shortened.ts';

const RULES = join(import.meta.dirname, '../../telemetry/rules');
/** Five minutes become ten seconds. */
const FACTOR = 30;
const WITHIN_MS = 90_000;

interface Told {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Whoever is called when something burns. */
async function webhook() {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      told.push(...(JSON.parse(body) as { alerts: Told[] }).alerts);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`;
  return { url, told, [Symbol.asyncDispose]: async () => void server.close().closeAllConnections() };
}

it('a card processor that is down is told to the team by Alertmanager, and so is that it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jangteo-alert-'));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rmSync(folder, { recursive: true, force: true }));
  const hook = undo.use(await webhook());
  const shop = undo.use(await memoryShop(silentLogger));
  await stockShop(shop);

  const pace = { wait: '1s', interval: '1s', repeat: '1h' };
  const topology = { services: {}, teams: { desk: { alerts: { url: hook.url } } }, defaultTeam: 'desk' };
  const config = alertmanagerConfig(topology, (value) => value, undefined, pace);
  const alertmanager = await ownEngine('alertmanager', { config: () => config });
  undo.defer(() => alertmanager.remove());

  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const plan = {
    ...{ shop: 'alerted', interval: '1s', alertmanager: new URL(alertmanager.url).host },
    processTargets: file('p.json', targetsFile([{ instance: 'shop', url: shop.url }])),
    sidecarTargets: file('s.json', targetsFile([])),
    engineTargets: file('e.json', targetsFile([])),
    rules: ['money', 'processes', 'objectives'].map((name) =>
      file(`${name}.yml`, shortened(readFileSync(join(RULES, `${name}.yml`), 'utf8'), FACTOR, 5)),
    ),
  };
  const prometheus = await ownEngine('prometheus', { config: () => prometheusConfig(plan) });
  undo.defer(() => prometheus.remove());

  const heard = (alert: string, status: Told['status']) =>
    eventually(
      async () => hook.told.find((each) => each.labels.alertname === alert && each.status === status),
      (found) => found !== undefined,
      WITHIN_MS,
    );
  let isBuying = true;
  const buying = (async () => {
    while (isBuying) await checkout(shop, await cartWith(shop, { 'towel-1': 1 }), { wait: 0 });
  })();
  undo.defer(async () => {
    isBuying = false;
    await buying;
  });

  await shop.processor.control({ down: true });
  const failing = await heard('ProcessorFailing', 'firing');
  assert.equal(failing?.labels.severity, 'page');
  assert.match(failing?.annotations.summary ?? '', /card processor does not answer/);
  assert.match(failing?.annotations.summary_ko ?? '', /카드사/);
  assert.equal(failing?.annotations.runbook_url, 'docs/runbooks/ProcessorFailing.md');
  await heard('BreakerOpen', 'firing');

  await shop.processor.control({ down: false });
  await heard('ProcessorFailing', 'resolved');
  await heard('BreakerOpen', 'resolved');
  assert.deepEqual(
    hook.told.filter(({ labels }) => labels.alertname === 'CheckoutErrorBudgetBurn'),
    [],
    'orders wait for the processor: shoppers meet no error',
  );
});
