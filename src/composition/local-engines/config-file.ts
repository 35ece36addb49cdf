import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFault } from '../fault.ts';
import { writeWhole } from '../write-whole.ts';
import { runTool } from './install/run-tool.ts';
import type { PlanContext, RunningProcess } from './port.ts';

/** An engine's configuration file, which may hold keys and passwords: written for its owner alone, judged by the engine itself, and taken while it runs. */
export interface ConfigFile {
  readonly file: string;
  /** Writes the wished configuration, or the engine's own one. Throws a SetupFault when the engine refuses it. */
  write(): Promise<void>;
  /** Writes another one and sends the signal by which the engine reads it again; the old one stays when the new is refused. */
  reload(text: string, processes: readonly RunningProcess[]): Promise<void>;
}

/** `check` is the engine's command that judges a file; `signal` goes to the engine's first process. */
export function configFile(
  { folder, ports, config }: PlanContext,
  options: {
    readonly name: string;
    readonly fallback: string;
    readonly signal: NodeJS.Signals;
    check(file: string): readonly [string, ...string[]];
  },
): ConfigFile {
  const file = join(folder, options.name);
  const put = async (text: string) => {
    const next = join(folder, `next-${options.name}`);
    writeWhole(next, text);
    try {
      await runTool(options.check(next), { folder });
    } catch (error) {
      throw new SetupFault(`The configuration of this engine is refused. ${(error as Error).message}`);
    }
    renameSync(next, file);
  };
  return {
    file,
    write: () => put(config?.(ports) ?? options.fallback),
    async reload(text, processes) {
      await put(text);
      for (const { pid } of processes.slice(0, 1)) process.kill(pid, options.signal);
    },
  };
}
