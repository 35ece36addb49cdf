import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ensureCluster, superuserPassword } from './cluster.ts';
import { launch, waitUntilGone, waitUntilReady } from './launch.ts';
import { findPlace, type Place } from './place.ts';
import { type PostgresServer, PostgresServerFault, type PostgresServerOptions } from './port.ts';
import { isAlive, type Postmaster, runningPostmaster } from './postmaster.ts';

const WATCH_MS = 250;
const TRY_AGAIN_MS = 1_000;
const FAST_STOP_MS = 60_000;
const STARTING_MS = 300_000;

/**
 * Starts the PostgreSQL of a folder: makes its cluster the first time, takes over a server that an interrupted run left behind,
 * waits for a crash recovery. A server that dies is started again until `stop`. Throws a PostgresServerFault.
 */
export async function startPostgres(options: PostgresServerOptions): Promise<PostgresServer> {
  const place = findPlace(options);
  const password = superuserPassword(options.folder);
  let running = await takeOver(place, options.say);
  if (running === undefined) {
    ensureCluster(place, password, options.say);
    running = await launch(place, options.folder, options.settings ?? {}, options.say);
  }
  const url = urlOf(running, password);
  const version = await identify(url, place);
  const watch = keepAlive(place, options, running);
  return { url, version, stop: watch.stop };
}

/** The URL of the server that some process has started in a folder, or undefined when none runs there. */
export function runningServerUrl(options: Pick<PostgresServerOptions, 'folder' | 'openFolder'>): string | undefined {
  const running = [join(options.folder, 'data'), join(options.openFolder, 'data')]
    .map(runningPostmaster)
    .find((each) => each?.status === 'ready');
  if (running === undefined) return undefined;
  return urlOf(running, superuserPassword(options.folder));
}

/** By its socket where it has one; the host in front is for people's eyes then. */
function urlOf({ port, socketFolder }: Postmaster, password: string): string {
  const url = new URL(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`);
  if (socketFolder !== undefined) url.searchParams.set('host', socketFolder);
  return url.href;
}

/** A server that still runs on the data folder, once it is ready; one that is stopping is waited for. */
async function takeOver(place: Place, say: (line: string) => void): Promise<Postmaster | undefined> {
  const left = runningPostmaster(place.data);
  if (left === undefined) return undefined;
  say('Taking over the PostgreSQL that an interrupted run left behind.');
  const deadline = performance.now() + STARTING_MS;
  await waitUntilReady(place.data, left.pid, say, () => !isAlive(left.pid) || performance.now() > deadline);
  const now = runningPostmaster(place.data);
  if (now === undefined || now.status === 'ready') return now;
  throw new PostgresServerFault(`PostgreSQL (process ${now.pid}) does not become ready: stop it and start again.`);
}

/** The server's version; makes sure that who answers there is the server of this data folder. */
async function identify(url: string, place: Place): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('data_directory') as folder, current_setting('server_version') as version",
    );
    if (realpathSync(rows[0].folder) === realpathSync(place.data)) return rows[0].version;
  } catch (error) {
    throw new PostgresServerFault(`PostgreSQL started but does not let us in: ${(error as Error).message}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
  throw new PostgresServerFault(
    `Another PostgreSQL answers in place of the one in ${place.data}: stop it and start again.`,
  );
}

/** Restarts the server whenever it is gone. The port stays the same unless somebody took it meanwhile. */
function keepAlive(place: Place, options: PostgresServerOptions, first: Postmaster) {
  let current = first;
  let stopping = false;
  let reviving: Promise<void> | undefined;
  let refusal: string | undefined;
  let notBefore = 0;
  let launching: number | undefined;
  const revive = async () => {
    if (refusal === undefined) options.say('PostgreSQL has died; starting it again.');
    try {
      current = await launch(place, options.folder, options.settings ?? {}, options.say, (pid) => {
        launching = pid;
      });
      if (refusal !== undefined) options.say('PostgreSQL runs again.');
      refusal = undefined;
      if (current.port !== first.port) options.say('The port of PostgreSQL has been taken: restart the shop.');
    } catch (error) {
      const { message } = error as Error;
      // A full disk may stay full for hours: the same reason is told once.
      if (message !== refusal) options.say(`${message} Until then Jangteo goes on trying by itself.`);
      refusal = message;
      notBefore = performance.now() + TRY_AGAIN_MS;
    }
    reviving = undefined;
  };
  const timer = setInterval(() => {
    if (stopping || reviving !== undefined || performance.now() < notBefore) return;
    if (!isAlive(current.pid)) reviving = revive();
  }, WATCH_MS);
  timer.unref();

  const stop = async (mode: 'fast' | 'immediate' = 'fast') => {
    stopping = true;
    clearInterval(timer);
    // On a full disk a recovery may never end; another one begins where it began.
    if (reviving !== undefined && launching !== undefined && isAlive(launching)) process.kill(launching, 'SIGQUIT');
    await reviving;
    if (!isAlive(current.pid)) return;
    process.kill(current.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    if (await waitUntilGone(current.pid, FAST_STOP_MS)) return;
    process.kill(current.pid, 'SIGQUIT');
    await waitUntilGone(current.pid, FAST_STOP_MS);
  };
  return { stop };
}
