import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import type { HeardLine, Supervised } from './port.ts';
import { supervise } from './supervise.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'jangteo-supervise-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A tiny program, kept running; no jitter, so that its pauses can be told. */
function running(name: string, source: string, options: { readonly graceMs?: number } = {}) {
  const entry = join(folder, `${name}.mjs`);
  writeFileSync(entry, source);
  const lines: HeardLine[] = [];
  const states: string[] = [];
  const waiting = new Set<() => void>();
  const told = () => {
    for (const look of waiting) look();
  };
  let started: Supervised | undefined;
  const program = supervise(
    { name, entry, args: [], env: { ...process.env, FOLDER: folder } },
    {
      clock: systemClock,
      random: { ...systemRandom, fraction: () => 1 },
      heard: (line) => {
        lines.push(line);
        if (line.text.includes(' ended (')) states.push('its end is told');
        told();
      },
      changed: () => {
        if (started !== undefined) states.push(started.status().state);
        told();
      },
      backoff: { firstMs: 5, mostMs: 10_000 },
      ...options,
    },
  );
  started = program;
  const texts = () => lines.map(({ text }) => text);
  /** Resolves once something holds of the program or of what it said. */
  const until = (holds: (program: Supervised, texts: readonly string[]) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds(program, texts())) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      setTimeout(look, 0);
    });
  return { program, lines, states, texts, until };
}

const STAYS = `process.send('ready'); setInterval(() => {}, 1000);`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Gone, or waiting for its parent to notice. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a supervised program', () => {
  it('is started again whenever it ends, after pauses that grow', async () => {
    const { program, states, texts, until } = running(
      'crashing',
      `import { appendFileSync, readFileSync } from 'node:fs';
       const file = process.env.FOLDER + '/starts';
       appendFileSync(file, 'x');
       const starts = readFileSync(file, 'utf8').length;
       console.log('start ' + starts);
       process.send('ready', () => { if (starts < 3) process.exit(7); });
       setInterval(() => {}, 1000);`,
    );
    await program.ready;
    await until(({ status }, said) => said.includes('start 3') && status().state === 'running');
    assert.equal(program.status().restarts, 2);
    assert.deepEqual(texts(), [
      'start 1',
      'crashing ended (exit code 7) and is started again in 5 ms.',
      'start 2',
      'crashing ended (exit code 7) and is started again in 10 ms.',
      'start 3',
    ]);
    const again = ['restarting', 'its end is told', 'restarting', 'running'];
    assert.deepEqual(states.slice(states.indexOf('running')), ['running', ...again, ...again]);
    await program.stop();
    assert.deepEqual([program.status().state, program.status().pid], ['stopped', undefined]);
  });

  it('that never becomes ready is named with its last lines, and left alone', async () => {
    const { program } = running('closed', `console.error('the door is locked'); process.exit(3);`);
    await assert.rejects(program.ready, {
      name: 'SetupFault',
      message: 'The process closed did not start (exit code 3). Its last lines:\n  the door is locked',
    });
    assert.deepEqual([program.status().state, program.status().restarts], ['failed', 0]);
    await program.stop();
  });

  it('that cannot even be loaded is named, too', async () => {
    const { program } = running('broken', `import './nowhere.mjs';`);
    await assert.rejects(program.ready, { message: /The process broken did not start .*ERR_MODULE_NOT_FOUND/s });
    await program.stop();
  });

  it('may finish what it does when it is stopped', async () => {
    const { program, texts } = running(
      'draining',
      `process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 20)); ${STAYS}`,
    );
    await program.ready;
    await program.stop();
    assert.deepEqual(texts(), ['drained']);
  });

  it('that does not end is ended, with what it had started', async () => {
    const { program, texts, until } = running(
      'stubborn',
      `import { spawn } from 'node:child_process';
       const grandchild = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       process.on('SIGTERM', () => console.log('no'));
       console.log(String(grandchild.pid));
       ${STAYS}`,
      { graceMs: 1_500 },
    );
    await program.ready;
    await until((_, said) => said.length > 0);
    await program.stop();
    await untilGone(Number(texts()[0]));
    assert.equal(program.status().state, 'stopped');
    assert.ok(texts().includes('no'));
  });

  it('is ended at once by force', async () => {
    const { program } = running('forced', `process.on('SIGTERM', () => {}); ${STAYS}`);
    await program.ready;
    const { pid = 0 } = program.status();
    program.kill();
    await untilGone(pid);
    await program.stop();
  });

  it('ends with a supervisor that was killed without a word', async () => {
    const entry = join(folder, 'child.mjs');
    writeFileSync(entry, STAYS);
    const { program, texts, until } = running(
      'supervisor',
      `import { supervise } from ${JSON.stringify(new URL('./supervise.ts', import.meta.url).href)};
       const clock = { now: () => Date.now(), after: (ms, task) => { const t = setTimeout(task, ms); return () => clearTimeout(t); } };
       const random = { bytes: () => new Uint8Array(), fraction: () => 0 };
       const child = supervise({ name: 'child', entry: ${JSON.stringify(entry)}, args: [], env: process.env },
         { clock, random, heard() {}, changed() {} });
       await child.ready;
       console.log(String(child.status().pid));
       ${STAYS}`,
    );
    await program.ready;
    await until((_, said) => said.length > 0);
    process.kill(program.status().pid ?? 0, 'SIGKILL');
    await untilGone(Number(texts()[0]));
    await program.stop();
  });
});
