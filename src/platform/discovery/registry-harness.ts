import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OwnEngine } from '../../../test/engines/own-engine.ts';
import type { DiscoveryUnderTest } from './conformance.ts';
import type { Discovery } from './port.ts';

const PROGRAM = join(import.meta.dirname, 'registrant-harness.ts');
const TTL_MS = 3_000;

/** A registry that instances put themselves into. */
export function registryUnderTest(
  kind: 'consul' | 'eureka',
  engine: OwnEngine,
  open: () => Discovery,
): DiscoveryUnderTest {
  return {
    open,
    async put(name, instance) {
      const discovery = open();
      await discovery.register(name, instance, { ttlMs: TTL_MS }).taken;
      return () => discovery.close();
    },
    pause: () => engine.pause(),
    resume: () => engine.resume(),
    kill: () => engine.kill(),
    revive: () => engine.revive(),
    withinMs: 8_000,
    async registrant(name, id, ttlMs) {
      const child = fork(PROGRAM, [kind, engine.url, name, id, String(ttlMs)]);
      await once(child, 'message');
      return () => void child.kill('SIGKILL');
    },
  };
}
