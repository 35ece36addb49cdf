import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, createAuthority, openAuthority } from '../../platform/certificates/authority.ts';
import { issuedCredentials } from '../../platform/certificates/issued.ts';
import type { CredentialSource } from '../../platform/certificates/port.ts';
import { systemClock, systemRandom } from '../../platform/clock/system.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { freePorts } from '../free-ports-harness.ts';
import { uriOf } from './plan.ts';
import { tinyProcess } from './sidecar-process-harness.ts';
import { startSidecar } from './start.ts';

export const DOMAIN = 'test.shop';
const DAY_MS = 86_400_000;
const PORTS = { from: 22_510, to: 22_980, stride: 10, offsets: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };

export function newAuthority(name = 'a test shop'): Promise<Authority> {
  return createAuthority(name, Date.now(), DAY_MS).then(openAuthority);
}

/** Two processes, `asker` and `answerer`, behind a proxy each; `ask` is where the asker's process asks the answerer. */
export async function twoBehindSidecars(
  options: {
    readonly mtls?: boolean;
    /** Where a process's certificates come from, instead of a new authority's for a day. */
    readonly sourceOf?: (uri: string) => CredentialSource;
  } = {},
) {
  const home = mkdtempSync(join(tmpdir(), 'jangteo-sidecar-'));
  const first = await freePorts(PORTS);
  const authority = await newAuthority();
  const names = ['asker', 'answerer'] as const;
  const processes = { asker: await tinyProcess(first + 8), answerer: await tinyProcess(first + 9) };
  const callers = names.map((name) => uriOf(DOMAIN, name));
  const inbound = { asker: first, answerer: first + 2 };
  const sourceOf =
    options.sourceOf ??
    ((uri: string) => issuedCredentials(authority, { uri, lifetimeMs: DAY_MS, now: systemClock.now }));
  const said: string[] = [];
  const start = (self: 'asker' | 'answerer', peer: 'asker' | 'answerer', listen: number) =>
    startSidecar({
      plan: {
        self: `${self}-1`,
        inbound: { host: '127.0.0.1', port: inbound[self], processPort: processes[self].port },
        peers: [{ name: `${peer}-1`, uri: uriOf(DOMAIN, peer), listen, host: '127.0.0.1', port: inbound[peer] }],
      },
      ...(options.mtls !== false && {
        identity: { uri: uriOf(DOMAIN, self), callers, source: sourceOf(uriOf(DOMAIN, self)) },
      }),
      ...{ home, clock: systemClock, random: systemRandom, logger: silentLogger, say: (line) => said.push(line) },
    });
  const [asker, answerer] = await Promise.all([
    start('asker', 'answerer', first + 4),
    start('answerer', 'asker', first + 5),
  ]);
  return {
    ...{ processes, authority, home, said, sidecars: { asker, answerer } },
    ask: `http://127.0.0.1:${first + 4}`,
    /** Where the answerer's proxy lets peers in. */
    door: { host: '127.0.0.1', port: inbound.answerer },
    /** One figure of a proxy's own. */
    async figure(of: 'asker' | 'answerer', name: string): Promise<number> {
      const { engine } = of === 'asker' ? asker : answerer;
      const text = await fetch(`http://127.0.0.1:${engine.ports.admin}/stats?filter=^${name}$`).then((each) =>
        each.text(),
      );
      return Number(/: (\d+)/.exec(text)?.[1] ?? 0);
    },
    async stop() {
      await Promise.all([asker.stop(), answerer.stop(), processes.asker.close(), processes.answerer.close()]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
