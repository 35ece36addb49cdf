import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayRules } from '../../src/composition/telemetry/gateway-rules.ts';
import { dashboards, metricsIn, ruleExpressions, ruleFiles, runbooks } from './files.ts';
import { shortened } from './shortened.ts';

const texts = ruleFiles().map(({ text }) => text);
const ofGateways = gatewayRules([{ gateway: 'g', errorRatio: 0.1, shedRatio: 0.1, p99Seconds: 1, forSeconds: 60 }]);
const alerts = new Set([
  ...texts.flatMap((text) => [...text.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? '')),
  ...[...ofGateways.matchAll(/"alert": "(\w+)"/g)].map(([, name]) => name ?? ''),
]);

describe('alert rules', () => {
  it('each have a page for whoever is called, and no page is without an alert', () => {
    assert.ok(alerts.size > 20);
    assert.deepEqual([...runbooks().keys()].sort(), [...alerts].sort());
  });

  it('each point to their page, say how urgent they are, and speak Korean and English', () => {
    for (const text of texts)
      for (const rule of text.split(/^ {6}- /m).filter((each) => each.startsWith('alert:'))) {
        const name = /^alert: (\w+)/.exec(rule)?.[1] ?? '';
        assert.match(rule, new RegExp(`runbook_url: docs/runbooks/${name}\\.md\n`), name);
        assert.match(rule, /severity: (page|ticket)\n/, name);
        assert.match(rule, /summary: ".+"\n/, name);
        assert.match(rule, /summary_ko: ".*[가-힣].*"\n/, name);
      }
  });

  it('have pages that say what shoppers meet, how to look, what to do first, why, and when it is over', () => {
    for (const [name, page] of runbooks())
      for (const part of [
        '## Shoppers · 구매자',
        '## Look · 확인',
        '## First aid · 응급 조치',
        '## Causes · 원인',
        '## Over · 종료',
      ])
        assert.ok(page.includes(`${part}\n`), `${name} lacks ${part}`);
  });

  it('use recording rules that exist', () => {
    const recorded = new Set(texts.flatMap((text) => [...text.matchAll(/- record: (\S+)/g)].map(([, name]) => name)));
    const used = ruleExpressions().flatMap(({ expr }) => metricsIn(expr).filter((name) => name.includes(':')));
    assert.ok(used.length > 0);
    assert.deepEqual(
      used.filter((name) => !recorded.has(name)),
      [],
    );
  });
});

it('the metrics of an expression are found, and nothing else', () => {
  const expr =
    'max by (service) (a_total{x="b",y=~"c"}[5m]) / on (instance) d:e > 2 * 86400 and time() - f_g or vector(0)';
  assert.deepEqual(metricsIn(expr), ['a_total', 'd:e', 'f_g']);
});

it('windows are shortened, and nothing else', () => {
  assert.equal(shortened('rate(x[5m]) > 5\n        for: 2m\n', 30, 5), 'rate(x[10s]) > 5\n        for: 5s\n');
});

describe('dashboards', () => {
  it('have a title, an identity of their own, panels that do not overlap, and say what each line is', () => {
    const seen = new Set<string>();
    for (const { file, dashboard } of dashboards()) {
      assert.equal(`jangteo-${file.replace('.json', '')}`, dashboard.uid);
      assert.ok(!seen.has(dashboard.uid));
      seen.add(dashboard.uid);
      assert.match(dashboard.title, /[가-힣]/);
      assert.deepEqual([dashboard.schemaVersion, dashboard.editable], [39, true]);
      const taken = new Set<string>();
      for (const { title, type, gridPos, targets } of dashboard.panels) {
        assert.ok(['timeseries', 'stat'].includes(type) && title.length > 0 && targets.length > 0, title);
        assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length);
        assert.ok(targets.every(({ legendFormat }) => legendFormat.length > 0));
        assert.ok(gridPos.x + gridPos.w <= 24);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
            assert.ok(!taken.has(`${x},${y}`), `${title} lies on another`);
            taken.add(`${x},${y}`);
          }
      }
    }
    assert.equal(seen.size, 6);
  });
});
