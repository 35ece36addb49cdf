import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { keepVerdict } from '../verify/verdict-file.ts';
import { serveMetrics, supervisorMetrics } from './metrics-page.ts';
import type { StatusRow } from './status-table.ts';

it('a supervisor tells what runs, what was started again, and what was found wrong last', async () => {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-page-'));
  const rows: StatusRow[] = [
    { name: 'cart-1', state: 'running', restarts: 2, since: 0 },
    { name: 'kafka', state: 'restarting', restarts: 0, since: 0 },
  ];
  const page = await serveMetrics(supervisorMetrics(() => rows, home));
  try {
    const text = async () => (await fetch(`${page.url}/metrics`)).text();
    const before = await text();
    assert.match(before, /jangteo_program_running\{program="cart-1"\} 1\n/);
    assert.match(before, /jangteo_program_running\{program="kafka"\} 0\n/);
    assert.match(before, /jangteo_program_restarts_total\{program="cart-1"\} 2\n/);
    assert.match(before, /jangteo_invariants_verified_timestamp_seconds 0\n/);
    const found = { examined: 3, violations: ['order x is nowhere'] };
    keepVerdict(
      home,
      [
        { check: 'nothing is oversold', examined: 9, violations: [] },
        { check: 'nothing is lost', ...found },
      ],
      7_000,
    );
    const after = await text();
    assert.match(after, /jangteo_invariant_violations\{invariant="nothing is oversold"\} 0\n/);
    assert.match(after, /jangteo_invariant_violations\{invariant="nothing is lost"\} 1\n/);
    assert.match(after, /jangteo_invariants_verified_timestamp_seconds 7\n/);
  } finally {
    await page.close();
    rmSync(home, { recursive: true, force: true });
  }
});
