import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BalancerOptions } from './port.ts';

/** What the engine's own files are called by. */
export function instanceOf({ engine, instance }: Pick<BalancerOptions, 'engine' | 'instance'>): string {
  return instance ?? `balancer-${engine}`;
}

/** Where a balancer's own files lie, made when it is not there: engines take absolute paths only. */
export function balancerFolder(options: Pick<BalancerOptions, 'home' | 'engine' | 'instance'>): string {
  const folder = resolve(join(options.home, 'balancers', instanceOf(options)));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
