import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { SetupFault } from '../fault.ts';
import { HOST } from './addresses.ts';
import { launcherConformance } from './launcher-conformance.ts';
import { nginxConfig } from './nginx.ts';
import type { RunningEngine, StartOptions } from './port.ts';
import { startEngine } from './start.ts';

/** A proxy keeps nothing but its configuration, which answers "ok". */
const answers = { put: async () => undefined, holds: async ({ url }: RunningEngine) => (await said(url)) === 'ok' };

launcherConformance('haproxy', (options) => startEngine('haproxy', options), answers);
launcherConformance('nginx', (options) => startEngine('nginx', options), answers);
launcherConformance('envoy', (options) => startEngine('envoy', options), answers);

const haproxySays = (word: string, port: number) =>
  [
    ...[
      'defaults',
      '  mode http',
      '  timeout connect 2s',
      '  timeout client 5s',
      '  timeout server 5s',
      'frontend main',
    ],
    ...[`  bind ${HOST}:${port}`, `  http-request return status 200 content-type text/plain string ${word}`, ''],
  ].join('\n');
const nginxSays = (word: string, port: number) =>
  nginxConfig(`server { listen ${HOST}:${port}; location / { return 200 "${word}"; } }`);

takesAnother('haproxy', (options) => startEngine('haproxy', options), haproxySays);
takesAnother('nginx', (options) => startEngine('nginx', options), nginxSays);

function takesAnother(
  name: string,
  start: (options: StartOptions) => Promise<RunningEngine>,
  saying: (word: string, port: number) => string,
): void {
  test(`${name} takes another configuration without dropping a request, and refuses a wrong one`, async () => {
    const home = mkdtempSync(join(tmpdir(), `jangteo-${name}-`));
    const options = { home, install: false, endsWithUs: true };
    const engine = await start({ ...options, config: ({ main }) => saying('first', main) });
    try {
      const asked = { until: 'second', words: new Set<string>() };
      const asking = (async () => {
        while (!asked.words.has(asked.until)) asked.words.add(await said(engine.url));
      })();
      await pause(100);
      await engine.reload(saying('second', engine.ports.main));
      await asking;
      assert.deepEqual([...asked.words], ['first', 'second']);
      await assert.rejects(engine.reload('nonsense'), SetupFault);
      assert.equal(await said(engine.url), 'second');
      assert.deepEqual(readableByOthers(engine.folder), [], 'a configuration may hold passwords');
    } finally {
      await engine.kill();
      rmSync(home, { recursive: true, force: true });
    }
  });
}

function readableByOthers(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile());
  const ours = files.map(({ name }) => name).filter((name) => !name.endsWith('.pid'));
  return ours.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
}

async function said(url: string): Promise<string> {
  return await (await fetch(url, { headers: { connection: 'close' } })).text();
}
