import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { limitsFor, openJournal } from '../../platform/log-shipping/journal.ts';
import { logSink } from './log-sinks.ts';

const COLLECTOR = process.env.JANGTEO_TEST_OTELCOL ?? '';
const MAIN = join(import.meta.dirname, '../../main.ts');
const home = mkdtempSync(join(tmpdir(), 'jangteo-agent-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('a collector takes what is shipped to it', async () => {
  const sink = logSink('otelcol', COLLECTOR, 'test');
  const texts = ['{"level":"warn","time":1795000000000,"msg":"장터","orderId":"ord_1","ms":1.5}', 'no JSON at all'];
  const lines = texts.map((text, index) => ({
    program: 'orders-1',
    number: index + 1,
    stream: 'stdout' as const,
    text,
    heardAt: Date.now(),
  }));
  assert.deepEqual(await sink.send(lines), { kind: 'taken', refused: 0 });
});

test('a sidecar that is killed, and a collector that is away, lose no line', { timeout: 90_000 }, async () => {
  const folder = join(home, 'journal');
  const journal = openJournal(folder, limitsFor(10_000_000));
  const got = new Set<string>();
  const collector = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      for (const [, text = ''] of body.matchAll(/"stringValue":"(line \d+)"/g)) got.add(text);
      response.end('{}');
    });
  });
  const listening = async (port: number) => {
    collector.listen(port, '127.0.0.1');
    await once(collector, 'listening');
    return (collector.address() as { port: number }).port;
  };
  const port = await listening(0);
  const write = (from: number, to: number) => {
    for (let number = from; number <= to; number++)
      journal.append({ stream: 'stdout', text: `line ${number}`, heardAt: Date.now() });
  };
  let child = started(folder, port);
  try {
    write(1, 500);
    await until(() => got.size === 500);
    collector.close();
    collector.closeAllConnections();
    write(501, 1_000);
    await pause(1_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    write(1_001, 1_500);
    await listening(port);
    child = started(folder, port);
    await until(() => got.size === 1_500);
  } finally {
    child.kill('SIGKILL');
    collector.close();
    collector.closeAllConnections();
  }
});

test('what comes in by stdin is shipped before the sidecar ends, and nobody’s open pipe keeps it', {
  timeout: 60_000,
}, async () => {
  const got = new Set<string>();
  const collector = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      for (const [, text = ''] of body.matchAll(/"stringValue":"(line \d+)"/g)) got.add(text);
      response.end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as { port: number };
  const args = ['sidecar', 'run', 'orders-1', '--logs', '-', '--logs-to', `otlp+http://127.0.0.1:${port}`];
  const cwd = mkdtempSync(join(home, 'stdin-'));
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, stdio: ['pipe', 'pipe', 'inherit', 'ipc'] });
  try {
    await once(child, 'message');
    const echoed = new Set<string>();
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      for (const [line] of text.matchAll(/line \d+/g)) echoed.add(line);
    });
    for (let number = 1; number <= 2_000; number++) child.stdin?.write(`line ${number}\n`);
    await until(() => echoed.has('line 2000'));
    child.kill('SIGTERM');
    await once(child, 'exit');
    assert.equal(got.size, 2_000);
  } finally {
    child.kill('SIGKILL');
    collector.close();
    collector.closeAllConnections();
  }
});

function started(folder: string, port: number): ChildProcess {
  const args = ['sidecar', 'run', 'orders-1', '--logs', folder, '--logs-to', `otlp+http://127.0.0.1:${port}`];
  return spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}

async function until(holds: () => boolean, withinMs = 40_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await pause(50);
  }
}
