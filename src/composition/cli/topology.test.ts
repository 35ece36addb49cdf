import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cloneFolder } from '../settings.ts';

interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('the command line of topologies', { concurrency: true }, () => {
  let folder: string;
  let torn: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'jangteo-cli-'));
    torn = join(folder, 'torn.json');
    const laptop = JSON.parse(readFileSync(join(cloneFolder, 'topologies', 'laptop.json'), 'utf8')) as object;
    writeFileSync(torn, JSON.stringify({ ...laptop, name: 'torn', bus: 'kafka', sessions: 'redis' }));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const jangteo = (...args: string[]): Promise<Told> =>
    new Promise((resolve) => {
      const env = { ...process.env, JANGTEO_HOME: join(folder, 'home'), JANGTEO_TOPOLOGY: '' };
      execFile(process.execPath, [join(cloneFolder, 'src/main.ts'), ...args], { env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  it('tells every contradiction, and fails', async () => {
    const { code, out } = await jangteo('topology', 'check', torn, '--json');
    const { ok, contradictions } = JSON.parse(out) as { ok: boolean; contradictions: { at: string }[] };
    assert.deepEqual([code, ok, contradictions.map(({ at }) => at)], [1, false, ['/sessions', '/bus']]);
  });

  it('opens nothing on a topology that contradicts itself', async () => {
    const { code, out, err } = await jangteo('up', torn);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^The topology torn contradicts itself at \/sessions: .*\(and 1 more: .*\)\n$/);
    assert.ok(!existsSync(join(folder, 'home')));
  });

  it('has no status to tell where no shop runs', async () => {
    const { code, err } = await jangteo('status');
    assert.equal(code, 1);
    assert.match(err, /^No shop runs on .*home: start it with/);
  });
});
