import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-whole.ts';
import { type EngineName, engineNames, type Ports } from './port.ts';
import type { MarkedProcess } from './processes.ts';

/** What is remembered of an engine between two commands, beside its data. */
export interface Remembered {
  readonly name: EngineName;
  readonly ports: Ports;
  readonly url: string;
  /** Those that were started; empty after a clean end. */
  readonly processes: readonly (MarkedProcess & { readonly name: string; readonly stopSignal?: NodeJS.Signals })[];
}

const FILE = 'engine.json';

/** The folder of an instance below a home, made when it is not there. */
export function placeOf(home: string, instance: string): string {
  const folder = join(home, 'engines', instance);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  return folder;
}

/** Undefined where nothing was started yet, or what was written cannot be read. */
export function remembered(folder: string): Remembered | undefined {
  try {
    const found = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Remembered;
    return engineNames.includes(found.name) && Array.isArray(found.processes) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all. */
export function remember(folder: string, state: Remembered): void {
  writeWhole(join(folder, FILE), JSON.stringify(state, null, 2));
}

/** Every instance that a home remembers. */
export function instancesOf(home: string): readonly { readonly instance: string; readonly state: Remembered }[] {
  const folder = join(home, 'engines');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((instance) => {
      const state = remembered(join(folder, instance));
      return state === undefined ? [] : [{ instance, state }];
    });
}
