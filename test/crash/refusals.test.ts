import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { shopProcess } from './shop-process.ts';

const isRoot = process.getuid?.() === 0;
/** The cluster fits into the second, the databases of the services do not. */
const TOO_SMALL_MB = [20, 60];
/** A refusal takes a second on a machine that has nothing else to do; where any refusal takes longer, this one may, too. */
const AT_ONCE_MS = 15_000;
const AT_ONCE_REFUSALS = 15;

let root: string;
const mounted: string[] = [];
before(() => {
  root = mkdtempSync(join(tmpdir(), 'jangteo-refused-'));
  chmodSync(root, 0o711);
});
after(() => {
  for (const folder of mounted) spawnSync('umount', ['--lazy', folder]);
  rmSync(root, { recursive: true, force: true });
});

/** Starts a shop on a folder that it cannot use; answers what it said. */
async function refusal(home: string): Promise<string> {
  const shop = await shopProcess({ home });
  try {
    const { code, said } = await shop.run(['up']);
    assert.equal(code, 1, said);
    assert.doesNotMatch(said, /^ {4}at /m, 'a stack trace is no plain sentence');
    return said;
  } finally {
    await shop.remove();
  }
}

it('says in one sentence that its folder is a file, or lies in one', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  for (const home of [file, join(file, 'deeper')])
    assert.equal(await refusal(home), `${home} is not a folder: choose another JANGTEO_HOME.\n`);
});

it('says in one sentence that it may not write where it wrote before', async (t) => {
  const home = join(root, 'read-only');
  mkdirSync(home);
  writeFileSync(join(home, 'format'), '1\n');
  if (!isRoot) chmodSync(home, 0o500);
  else if (!mount(home, ['--bind', home]) || !mount(home, ['-o', 'remount,ro,bind'])) return t.skip('no mounts here');
  assert.match(await refusal(home), /^.* cannot be written: .* choose another JANGTEO_HOME\.\n$/);
});

it('says in one sentence that its secrets are damaged, and makes no new ones', async () => {
  const home = join(root, 'damaged');
  mkdirSync(home);
  writeFileSync(join(home, 'secrets.json'), '{"adminToken":');
  assert.match(await refusal(home), /^.*secrets\.json cannot be read .*: restore it from a backup, .*\n$/);
});

for (const tooSmall of TOO_SMALL_MB) {
  it(`says at once, in one sentence, that a disk of ${tooSmall} MB is too small for its databases`, async (t) => {
    const home = join(root, `small-${tooSmall}`);
    mkdirSync(home);
    if (!isRoot || !mount(home, ['-t', 'tmpfs', '-o', `size=${tooSmall}m,mode=0711`, 'tmpfs']))
      return t.skip('only root may mount a small disk to fill');
    const noFolder = join(root, `no-folder-${tooSmall}`);
    writeFileSync(noFolder, '');
    const begun = performance.now();
    await refusal(noFolder);
    const started = performance.now();
    assert.match(await refusal(home), /\nThe disk is full: free some space.* and start again\.\n$/);
    const took = performance.now() - started;
    assert.ok(took < Math.max(AT_ONCE_MS, AT_ONCE_REFUSALS * (started - begun)), `it took ${took} ms`);
  });
}

function mount(folder: string, args: readonly string[]): boolean {
  const done = spawnSync('mount', [...args, folder]).status === 0;
  if (done) mounted.push(folder);
  return done;
}
