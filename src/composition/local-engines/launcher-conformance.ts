import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { SetupFault } from '../fault.ts';
import { connects, HOST } from './addresses.ts';
import type { EngineName, RunningEngine, StartOptions } from './port.ts';
import { markOf } from './processes.ts';

/** How a test speaks to an engine. */
export interface Proof {
  /** Leaves something with it. */
  readonly put: (engine: RunningEngine) => Promise<void>;
  /** Whether it is there. */
  readonly holds: (engine: RunningEngine) => Promise<boolean>;
  /** An engine that keeps everything in memory has lost it after its end. */
  readonly inMemory?: boolean;
}

/** What the launcher promises of every engine: the tests run in this order, on one home. */
export function launcherConformance(
  name: EngineName,
  start: (options: StartOptions) => Promise<RunningEngine>,
  proof: Proof,
): void {
  describe(`the launcher of ${name}`, () => {
    const home = mkdtempSync(join(tmpdir(), `jangteo-${name}-`));
    const options = { home, install: false, endsWithUs: true };
    let engine: RunningEngine;
    after(async () => {
      await engine?.kill();
      rmSync(home, { recursive: true, force: true });
    });

    test('starts it, on loopback only', async () => {
      const said: string[] = [];
      engine = await start({ ...options, say: (line) => said.push(line) });
      assert.match(said.join('\n'), /Starting .* answers at /s);
      assert.ok(await connects(HOST, engine.ports.main));
      for (const address of outsideAddresses())
        for (const port of Object.values(engine.ports))
          assert.ok(!(await connects(address, port)), `${address}:${port}`);
      await proof.put(engine);
      assert.ok(await proof.holds(engine));
    });

    test('takes the one that runs, leaves it as it was when it lets go of it, and refuses another port for it', async () => {
      const again = await start(options);
      assert.deepEqual(again.processes(), engine.processes());
      await again.release();
      assert.deepEqual(again.processes(), engine.processes());
      assert.equal(again.url, engine.url);
      await assert.rejects(start({ ...options, port: engine.ports.main + 1 }), SetupFault);
    });

    test('brings it back after kill -9, at the same address', async () => {
      const before = engine.processes();
      await engine.kill();
      for (const { pid } of before) assert.equal(markOf(pid), undefined);
      assert.deepEqual(engine.processes(), []);
      await engine.revive();
      assert.equal(engine.processes().length, before.length);
      await expectKept();
    });

    test('stops it cleanly and starts it again with its data and ports', async () => {
      await proof.put(engine);
      const { ports } = engine;
      // The one that started it ends it either way.
      await engine.release();
      assert.ok(!(await connects(HOST, ports.main)));
      engine = await start(options);
      assert.deepEqual(engine.ports, ports);
      await expectKept();
    });

    async function expectKept(): Promise<void> {
      assert.equal(await proof.holds(engine), proof.inMemory !== true);
    }
  });
}

/** Where others would reach this machine. */
function outsideAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}
