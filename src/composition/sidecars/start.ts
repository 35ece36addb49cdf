import { join } from 'node:path';
import { type CredentialStatus, keepCredentials } from '../../platform/certificates/keep.ts';
import type { CredentialSource } from '../../platform/certificates/port.ts';
import { type Clock, type Random, sleep } from '../../platform/clock/port.ts';
import type { Logger } from '../../platform/telemetry/port.ts';
import { keepAlive } from '../balancers/keep-alive.ts';
import { SetupFault } from '../fault.ts';
import type { RunningEngine } from '../local-engines/port.ts';
import { startEngine } from '../local-engines/start.ts';
import { sidecarConfig } from './envoy.ts';
import type { SidecarPlan } from './plan.ts';
import { secretFiles } from './secret-files.ts';

export interface SidecarOptions {
  /** Without its files: they are made below `home`. */
  readonly plan: Omit<SidecarPlan, 'mtls' | 'adminPort'>;
  /** Absent: no TLS. */
  readonly identity?: {
    readonly uri: string;
    readonly callers: readonly string[];
    readonly source: CredentialSource;
  };
  /** JANGTEO_HOME; what the proxy reads and writes lies below it. */
  readonly home: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly say: (line: string) => void;
}

/** A proxy beside a process. */
export interface Sidecar {
  readonly engine: RunningEngine;
  /** How often it had to be started again, and since when it runs. */
  readonly restarts: () => number;
  readonly since: () => number;
  /** Of its certificates; undefined without TLS. */
  readonly credentials: () => CredentialStatus | undefined;
  stop(): Promise<void>;
}

const CREDENTIALS_WITHIN_MS = 30_000;

/**
 * Starts the proxy beside a replica on this machine, and keeps it running with certificates that hold; it ends with this process.
 * Throws a SetupFault: a port is taken, Envoy cannot be had, or there are no certificates.
 */
export async function startSidecar(options: SidecarOptions): Promise<Sidecar> {
  const { plan, identity, home, clock, random, logger, say } = options;
  const files = secretFiles(join(home, 'sidecars', plan.self));
  const kept =
    identity &&
    keepCredentials({ uri: identity.uri, source: identity.source, sink: files.sink, clock, random, logger });
  try {
    if (kept !== undefined) await inTime(kept.first, plan.self, clock);
    const { ownFile, authoritiesFile } = files;
    const engine = await startEngine('envoy', {
      ...{ home, instance: `sidecar-${plan.self}`, port: plan.inbound.port, endsWithUs: true },
      config: ({ admin = 0 }) =>
        sidecarConfig({
          ...{ ...plan, adminPort: admin },
          ...(identity && { mtls: { callers: identity.callers, ownFile, authoritiesFile } }),
        }),
    });
    const alive = keepAlive({ engine, clock, random, say });
    return {
      ...{ engine, restarts: alive.restarts, since: alive.since, credentials: () => kept?.status() },
      async stop() {
        await alive.stop();
        await kept?.close();
        await engine.stop();
      },
    };
  } catch (error) {
    await kept?.close();
    throw error;
  }
}

async function inTime(first: Promise<void>, self: string, clock: Clock): Promise<void> {
  const giveUp = new AbortController();
  const late = sleep(clock, CREDENTIALS_WITHIN_MS, giveUp.signal).then(() => 'late' as const);
  const outcome = await Promise.race([first, late]);
  giveUp.abort();
  if (outcome === 'late')
    throw new SetupFault(
      `There is no certificate that ${self} may use: what is wrong with it stands above; "sidecars": {"certificates": …} says where it is looked for.`,
    );
}
