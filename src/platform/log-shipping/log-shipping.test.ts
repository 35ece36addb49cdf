import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { systemClock, systemRandom } from '../clock/system.ts';
import { limitsFor, openJournal, segmentFile, segmentsOf } from './journal.ts';
import { journalSource } from './journal-source.ts';
import type { LogSink, NumberedLine } from './port.ts';
import { ship } from './ship.ts';

const root = mkdtempSync(join(tmpdir(), 'jangteo-logs-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, String(folders++));
const line = (text: string) => ({ stream: 'stdout', text, heardAt: 1_795_000_000_000 }) as const;
const AMPLE = limitsFor(64 * 1024 ** 2);

/** Takes lines, or does not. */
function sink() {
  const taken: NumberedLine[] = [];
  let isAway = false;
  const port: LogSink = {
    async send(lines) {
      if (isAway) return { kind: 'later', why: 'away', afterMs: 1 };
      taken.push(...lines);
      return { kind: 'taken', refused: 0 };
    },
  };
  const away = (now: boolean) => {
    isAway = now;
  };
  return { port, taken, away, texts: () => taken.map(({ text }) => text) };
}

const shipping = (folder: string, port: LogSink, said: string[] = []) =>
  ship({
    ...{ source: journalSource(folder, 'orders-1'), sink: port, gatherMs: 5 },
    ...{ clock: systemClock, random: { ...systemRandom, fraction: () => 0 } },
    say: (each) => said.push(each),
  });

async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('it did not come true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a journal that is shipped', () => {
  test('brings every line once and in order, also those of before and of while nobody took any', async () => {
    const [folder, said] = [newFolder(), [] as string[]];
    const journal = openJournal(folder, AMPLE);
    const texts = Array.from({ length: 1_200 }, (_, index) => `line ${index} 장터`);
    for (const text of texts.slice(0, 700)) journal.append(line(text));
    const { port, away, texts: got, taken } = sink();
    away(true);
    const shipper = shipping(folder, port, said);
    await eventually(() => shipper.status().failures > 1);
    for (const text of texts.slice(700)) journal.append(line(text));
    away(false);
    await eventually(() => got().length >= texts.length);
    assert.deepEqual(got(), texts);
    assert.deepEqual(
      taken.map(({ number }) => number),
      texts.map((_, index) => index + 1),
    );
    await shipper.close();
    assert.deepEqual({ ...shipper.status(), failures: 0 }, { shipped: 1_200, refused: 0, lost: 0, failures: 0 });
    assert.deepEqual(said, ['Log lines wait: away.', 'Log lines are taken again; 0 were lost.']);
  });

  test('goes on where it was, whoever was started again', async () => {
    const folder = newFolder();
    const one = openJournal(folder, AMPLE);
    one.append(line('a'));
    await one.flushed();
    const { port, texts } = sink();
    const first = shipping(folder, port);
    await eventually(() => texts().length === 1);
    await first.close();
    appendFileSync(segmentFile(folder, 1), '{"stream":"stdout","text":"to');
    const other = openJournal(folder, AMPLE);
    other.append(line('b'));
    await other.flushed();
    const second = shipping(folder, port);
    await eventually(() => texts().length === 2);
    await second.close();
    assert.deepEqual(texts(), ['a', 'b'], 'what a killed writer has torn is left out');
    assert.equal(second.status().lost, 0);
  });

  test('a line that was torn in the middle, or is no line of ours, holds nobody up', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    const whole = (text: string) => `${JSON.stringify(line(text))}\n`;
    const endless = `{"text":"${'x'.repeat(3 * 1024 ** 2)}"}\n`;
    writeFileSync(segmentFile(folder, 1), `${whole('a')}null\n{"text":5}\n${endless}${whole('b')}{"text":"torn`);
    writeFileSync(segmentFile(folder, 10), whole('c'));
    const { port, texts } = sink();
    const shipper = shipping(folder, port);
    await eventually(() => texts().length === 3);
    await shipper.close();
    assert.deepEqual(texts(), ['a', 'b', 'c']);
    assert.equal(shipper.status().lost, 4, 'those that the file of the next ones says were there');
  });

  test('a journal that is begun anew, or whose end was lost with the power, is shipped from its beginning', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    writeFileSync(join(folder, 'shipped.json'), JSON.stringify({ first: 70, offset: 9_000, number: 80 }));
    const write = (text: string) => writeFileSync(segmentFile(folder, 1), `${JSON.stringify(line(text))}\n`);
    write('a, and something more');
    const { port, texts } = sink();
    const shipper = shipping(folder, port);
    await eventually(() => texts().length === 1);
    write('b');
    await eventually(() => texts().length === 2);
    await shipper.close();
    assert.deepEqual(texts(), ['a, and something more', 'b']);
  });

  test('a line that is too long is cut, and others are none the shorter', async () => {
    const folder = newFolder();
    const journal = openJournal(folder, AMPLE);
    for (const text of ['\u0000'.repeat(5 * 1024 ** 2), 'b']) journal.append(line(text));
    await journal.flushed();
    const { port, texts } = sink();
    const shipper = shipping(folder, port);
    await eventually(() => texts().length === 2);
    await shipper.close();
    assert.deepEqual(texts(), ['\u0000'.repeat(128 * 1024), 'b']);
  });

  test('a disk that does not answer costs lines and pauses, neither who writes nor who ships', async () => {
    const folder = newFolder();
    writeFileSync(folder, 'no folder');
    const journal = openJournal(folder, AMPLE);
    const said: string[] = [];
    const { port, texts } = sink();
    const shipper = shipping(folder, port, said);
    journal.append(line('a'));
    await journal.flushed();
    assert.equal(journal.lost(), 1);
    await eventually(() => shipper.status().failures > 1);
    rmSync(folder);
    journal.append(line('b'));
    await eventually(() => texts().length === 1);
    await shipper.close();
    assert.deepEqual(texts(), ['b']);
    assert.match(said.join(), /^Log lines wait: ENOTDIR.*,Log lines are taken again; \d were lost.$/);
  });

  test('what was not taken in time goes, oldest first, and is counted', async () => {
    const folder = newFolder();
    const limits = limitsFor(4_000);
    const journal = openJournal(folder, limits);
    for (let number = 1; number <= 300; number++) {
      journal.append(line(`line ${number}`));
      await journal.flushed();
    }
    const kept = (await segmentsOf(folder)).map((first) => readFileSync(segmentFile(folder, first)).length);
    assert.ok(kept.reduce((sum, each) => sum + each, 0) <= 4_000 + limits.segmentBytes);
    const { port, taken } = sink();
    const shipper = shipping(folder, port);
    await eventually(() => taken.at(-1)?.number === 300);
    await shipper.close();
    const { shipped, lost } = shipper.status();
    assert.ok(lost > 100);
    assert.equal(shipped + lost, 300);
    assert.deepEqual(
      taken.map(({ text }) => text),
      taken.map(({ number }) => `line ${number}`),
    );
  });
});
