import { existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { versionOf } from '../../platform/postgres-server/account.ts';
import { packagedBinaries } from '../../platform/postgres-server/binaries.ts';
import { checkDatabase } from '../database-check.ts';
import { openHome, readState } from '../home.ts';
import { readSettings, type Settings } from '../settings.ts';
import { print } from './print.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was found, or what to do. */
  readonly says: string;
}

const NEEDED_BYTES = 1024 ** 3;

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check this machine: settings, versions, ports, disk, database; says what to do')
    .option('--json', 'answer in JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      const healthy = findings.every(({ ok }) => ok);
      print(options, { healthy, findings }, () =>
        findings.map(({ check, ok, says }) => `${ok ? 'ok  ' : 'WRONG'.padEnd(4)} ${check}: ${says}`).join('\n'),
      );
      if (!healthy) process.exitCode = 1;
    });
}

async function examine(): Promise<readonly Finding[]> {
  const settings = await finding(
    'settings',
    () => readSettings(process.env),
    ({ home }) => `data in ${home}`,
  );
  const node = { check: 'node', ok: true, says: process.versions.node };
  if (settings.value === undefined) return [settings.finding, node];
  const { value } = settings;
  return [
    settings.finding,
    node,
    ...(await Promise.all([
      finding(
        'data folder',
        () => openHome(value.home),
        () => 'can be used',
      ).then((each) => each.finding),
      finding(
        'disk',
        () => freeBytes(value.home),
        (bytes) => `${(bytes / 1024 ** 3).toFixed(1)} GB free`,
      ).then((each) => each.finding),
      finding(
        'port',
        () => portState(value),
        (state) => state,
      ).then((each) => each.finding),
      finding(
        'topology',
        () => soundTopology(value),
        (name) => `${name} does not contradict itself`,
      ).then((each) => each.finding),
      finding(
        'database',
        () => databaseState(value),
        (state) => state,
      ).then((each) => each.finding),
    ])),
  ];
}

async function finding<Value>(check: string, find: () => Value | Promise<Value>, says: (value: Value) => string) {
  try {
    const value = await find();
    return { value, finding: { check, ok: true, says: says(value) } };
  } catch (error) {
    return { finding: { check, ok: false, says: (error as Error).message } };
  }
}

function freeBytes(home: string): number {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < NEEDED_BYTES)
    throw new Error(
      `only ${Math.round(free / 1024 ** 2)} MB free: make room for at least 1 GB, or choose another JANGTEO_HOME`,
    );
  return free;
}

function portState({ home, host, port }: Settings): Promise<string> {
  const state = readState(home);
  if (state !== undefined) return Promise.resolve(`the shop is open at ${state.url}`);
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => reject(new Error(`${port} is in use: stop who uses it, or set PORT to another`)));
    probe.listen(port, host, () => probe.close(() => resolve(`${port} is free`)));
  });
}

async function soundTopology({ topology: file }: Settings): Promise<string> {
  const [{ known }, { readTopology }, { checkTopology }] = await Promise.all([
    import('../registry.ts'),
    import('../topology.ts'),
    import('../topology/contradictions.ts'),
  ]);
  const topology = readTopology(file, known);
  checkTopology(topology, known);
  return topology.name;
}

async function databaseState({ databaseUrl }: Settings): Promise<string> {
  if (databaseUrl === undefined) return `PostgreSQL ${versionOf(packagedBinaries())}, built in`;
  const { version, maxConnections } = await checkDatabase(databaseUrl);
  return `PostgreSQL ${version}, durable, ${maxConnections} connections`;
}
