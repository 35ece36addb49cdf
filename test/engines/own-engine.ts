import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName, RunningEngine, StartOptions } from '../../src/composition/local-engines/port.ts';
import { startEngine } from '../../src/composition/local-engines/start.ts';

/** An engine that belongs to one test, which may kill, pause and restart it. */
export interface OwnEngine extends RunningEngine {
  /** Ends it without ceremony and forgets its data. */
  remove(): Promise<void>;
}

/** Starts an engine on free ports and a temporary folder; it ends with the test's process, however that ends. */
export async function ownEngine(name: EngineName, options: Partial<StartOptions> = {}): Promise<OwnEngine> {
  const home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `jangteo-${name}-`));
  chmodSync(home, 0o711);
  try {
    const engine = await startEngine(name, { home, install: false, endsWithUs: true, ...options });
    return {
      ...engine,
      async remove() {
        await engine.kill();
        rmSync(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}
