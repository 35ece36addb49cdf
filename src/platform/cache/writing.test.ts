import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { gate, sharedWorld } from './strategies-harness.ts';
import { writeBack } from './write-back.ts';
import { writeThrough } from './write-through.ts';

describe('write-through', () => {
  it('writes the truth, and the next read finds it near', async () => {
    const { state, truth, options } = sharedWorld();
    const through = writeThrough({ ...options, write: async (key, value) => void truth.set(key, value) });
    await through.set('a', 'one');
    assert.deepEqual([truth.get('a'), await through.get('a'), state.loads], ['one', 'one', 0]);
  });

  it('keeps the order of the writes of a key, however long each takes', async () => {
    const { truth, options } = sharedWorld();
    const first = gate();
    const through = writeThrough({
      ...options,
      async write(key, value) {
        if (value === 'first') await first.opened;
        truth.set(key, value);
      },
    });
    const writes = [through.set('a', 'first'), through.set('a', 'second')];
    first.open();
    await Promise.all(writes);
    assert.deepEqual([truth.get('a'), await through.get('a')], ['second', 'second']);
  });

  it('keeps no copy of what the truth refused, and takes the next write', async () => {
    const { truth, options } = sharedWorld();
    const through = writeThrough({
      ...options,
      async write(key, value) {
        if (value === 'bad') throw new Error('refused');
        truth.set(key, value);
      },
    });
    await through.set('a', 'good');
    await assert.rejects(through.set('a', 'bad'), /refused/);
    assert.equal(await through.get('a'), 'good');
    await through.set('a', 'better');
    assert.equal(await through.get('a'), 'better');
  });

  it('loses: a process that dies between its two writes leaves the old copy to the others, until its time is over', async () => {
    const { state, truth, options } = sharedWorld();
    const other = writeThrough({ ...options, write: async () => {} });
    const never = gate();
    const dying = writeThrough({
      ...options,
      async write(key, value) {
        truth.set(key, value);
        await never.opened;
      },
    });
    truth.set('a', 'old');
    await other.get('a');
    void dying.set('a', 'new');
    await new Promise(setImmediate);
    assert.deepEqual([truth.get('a'), await other.get('a')], ['new', 'old']);
    state.now += options.ttlMs + 1;
    assert.equal(await other.get('a'), 'new');
  });

  it('writes on while the engine is away; loses: the copy from before comes back with it', async () => {
    const { state, truth, options } = sharedWorld();
    const through = writeThrough({ ...options, write: async (key, value) => void truth.set(key, value) });
    await through.set('a', 'old');
    state.isAway = true;
    await through.set('a', 'new');
    assert.deepEqual([truth.get('a'), await through.get('a')], ['new', 'new']);
    state.isAway = false;
    assert.equal(await through.get('a'), 'old');
    state.now += options.ttlMs + 1;
    assert.equal(await through.get('a'), 'new');
  });
});

describe('write-back', () => {
  const opened = (write: (changes: ReadonlyMap<string, string>) => Promise<void>) => {
    const world = sharedWorld();
    const clock = virtualClock();
    const failures: unknown[] = [];
    const onFailed = (cause: unknown) => failures.push(cause);
    const back = writeBack({ ...world.options, write, everyMs: 100, mostWaiting: 3, clock, onFailed });
    return { ...world, back, clock, failures };
  };

  it('answers at once, writes many changes together and repeated ones as one', async () => {
    const written: Record<string, string>[] = [];
    const { back, clock } = opened(async (changes) => void written.push(Object.fromEntries(changes)));
    for (const [key, value] of ['a1', 'b1', 'a2'].map((each) => [...each] as [string, string]))
      await back.set(key, value);
    assert.deepEqual([written, await back.get('a')], [[], '2']);
    await clock.advance(100);
    assert.deepEqual(written, [{ a: '2', b: '1' }]);
    await clock.advance(1_000);
    assert.equal(written.length, 1);
    await back.close();
  });

  it('goes on trying what could not be written, and lets no more wait than it may', async () => {
    let isDown = true;
    const truth = new Map<string, string>();
    const { back, clock, failures } = opened(async (changes) => {
      if (isDown) throw new Error('down');
      for (const [key, value] of changes) truth.set(key, value);
    });
    for (const key of ['a', 'b', 'c']) await back.set(key, key);
    await assert.rejects(back.set('d', 'd'), /down/);
    await clock.advance(250);
    assert.equal(failures.length, 2);
    await back.set('a', 'again');
    isDown = false;
    await back.set('d', 'd');
    await back.close();
    assert.deepEqual(Object.fromEntries(truth), { a: 'again', b: 'b', c: 'c', d: 'd' });
  });

  it('writes later what changes while it flushes', async () => {
    const slow = gate();
    const written: string[] = [];
    const { back } = opened(async (changes) => {
      const value = changes.get('a') ?? '';
      await slow.opened;
      written.push(value);
    });
    await back.set('a', '1');
    const flushing = back.flush();
    await back.set('a', '2');
    slow.open();
    await flushing;
    assert.equal(await back.get('a'), '2');
    await back.close();
    assert.deepEqual(written, ['1', '2']);
  });

  it('leaves no timer behind when it is closed while it flushes', async () => {
    const slow = gate();
    const { back, clock } = opened(() => slow.opened);
    await back.set('a', '1');
    await clock.advance(100);
    const closing = back.close();
    slow.open();
    await closing;
    await clock.advance(0);
    assert.equal(clock.pending(), 0);
  });

  it('loses what was answered and not flushed when the process is killed, and nothing that was', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'write-back-'));
    const file = join(folder, 'truth');
    try {
      const program = join(import.meta.dirname, 'write-back-harness.ts');
      const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      const said: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        said.push(line);
        if (line === 'answered 9') break;
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
      assert.deepEqual(said, [
        ...[0, 1, 2, 3, 4].map((key) => `answered ${key}`),
        'flushed',
        ...[5, 6, 7, 8, 9].map((key) => `answered ${key}`),
      ]);
      assert.equal(await readFile(file, 'utf8'), '0\n1\n2\n3\n4\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
