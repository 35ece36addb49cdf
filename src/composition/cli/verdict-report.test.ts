import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readVerdict } from '../verify/verdict-file.ts';
import { tellVerdicts } from './verdict-report.ts';

const VERDICTS = [{ check: 'the ledger is in balance', examined: 3, violations: ['account x is 1 off'] }];

test('what a walk has found is told also where it cannot be kept', ({ mock }) => {
  const told: string[] = [];
  mock.method(console, 'log', (text: string) => told.push(text));
  mock.method(console, 'error', (text: string) => told.push(text));
  const home = mkdtempSync(join(tmpdir(), 'jangteo-verdicts-'));
  try {
    assert.equal(tellVerdicts(home, VERDICTS, { at: 7 }), false);
    assert.deepEqual(readVerdict(home), { at: 7, violations: { 'the ledger is in balance': 1 } });
    assert.equal(tellVerdicts(join(home, 'nowhere'), VERDICTS, { at: 8, json: true }), false);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  assert.match(
    told[0] ?? '',
    /^VIOLATED the ledger is in balance \(3 examined\)\n +account x is 1 off\nSomething is wrong/,
  );
  assert.deepEqual(JSON.parse(told[1] ?? ''), { sound: false, verdicts: VERDICTS });
  assert.match(told[2] ?? '', /^It cannot be kept for the shop's alerts \(ENOENT/);
  assert.equal(told.length, 3);
});
