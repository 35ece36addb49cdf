import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';

const untilTold = join(import.meta.dirname, 'until-told.ts');
const guard = join(import.meta.dirname, '..', 'child-guard.ts');

/** What a program says whose parent lets go of it when it says `when`, until it ends by itself. */
async function orphanOf(program: string, when: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const { stdout } = child;
  assert.ok(stdout !== null);
  let said = '';
  stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (child.connected && said.includes(when)) child.disconnect();
  });
  const [ended] = await Promise.all([once(child, 'exit'), once(stdout, 'end')]);
  assert.deepEqual(ended, [0, null], said);
  return said;
}

const awaitOrphaned = `
  console.log('started');
  const open = setInterval(() => undefined, 1_000);
  process.channel.ref();
  await new Promise((resolve) => process.once('disconnect', resolve));`;
const listen = `
  const { untilTold } = await import(${JSON.stringify(untilTold)});
  const open = setInterval(() => undefined, 1_000);
  untilTold((why) => { console.log(why); clearInterval(open); }, () => undefined);
  console.log('listening');`;

test('a program whose parent goes while it listens is told so', async () => {
  assert.equal(await orphanOf(listen, 'listening'), 'listening\nthe program that started it has gone\n');
});

test('a program whose parent has gone before it listens is told so at once', async () => {
  const program = `${awaitOrphaned}\nclearInterval(open);\n{${listen}}`;
  assert.equal(await orphanOf(program, 'started'), 'started\nthe program that started it has gone\nlistening\n');
});

test('a child whose parent has gone before it was guarded ends', async () => {
  const program = `${awaitOrphaned}\nawait import(${JSON.stringify(guard)});`;
  assert.equal(await orphanOf(program, 'started'), 'started\n');
});
