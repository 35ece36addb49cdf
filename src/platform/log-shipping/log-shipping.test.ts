import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { systemClock, systemRandom } from '../clock/system.ts';
import { limitsFor, openJournal, segmentFile, segmentsOf } from './journal.ts';
import { openSearchSink } from './opensearch.ts';
import { otlpSink } from './otlp.ts';
import type { JournalLine, LogSink } from './port.ts';
import type { Poster } from './post.ts';
import { shipJournal } from './ship.ts';

const root = mkdtempSync(join(tmpdir(), 'jangteo-logs-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, String(folders++));
const line = (text: string) => ({ stream: 'stdout', text, heardAt: 1_795_000_000_000 }) as const;
const AMPLE = limitsFor(64 * 1024 ** 2);

/** Takes lines, or does not. */
function sink() {
  const taken: JournalLine[] = [];
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
  shipJournal({
    folder,
    sink: port,
    clock: systemClock,
    random: { ...systemRandom, fraction: () => 0 },
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
    assert.deepEqual(said, ['Log lines wait on disk: away.', 'Log lines are taken again.']);
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

  test('what was not taken in time goes, oldest first, and is counted', async () => {
    const folder = newFolder();
    const limits = limitsFor(4_000);
    const journal = openJournal(folder, limits);
    for (let number = 1; number <= 300; number++) {
      journal.append(line(`line ${number}`));
      await journal.flushed();
    }
    const kept = segmentsOf(folder).map((first) => readFileSync(segmentFile(folder, first)).length);
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

describe('sinks', () => {
  const lines: JournalLine[] = ['x', 'y', 'z'].map((text, index) => ({ ...line(text), number: index + 1 }));
  const answering = (status: number, body?: unknown) => {
    const posted: { url: string; body: string }[] = [];
    const post: Poster = async (url, sent) => {
      posted.push({ url, body: sent });
      return { kind: 'answered', status, body };
    };
    return { post, posted };
  };

  test('a collector may refuse lines; too many at once are halved', async () => {
    const encode = (all: readonly JournalLine[]) => ({ all: all.map(({ text }) => text) });
    const some = answering(200, { partialSuccess: { rejectedLogRecords: '2' } });
    assert.deepEqual(await otlpSink('http://c:4318/', encode, some.post).send(lines), { kind: 'taken', refused: 2 });
    assert.deepEqual(some.posted, [{ url: 'http://c:4318/v1/logs', body: '{"all":["x","y","z"]}' }]);
    const small = answering(413);
    assert.deepEqual(await otlpSink('http://c:4318', encode, small.post).send(lines), { kind: 'taken', refused: 3 });
    assert.deepEqual(
      small.posted.map(({ body }) => body.length > 15),
      [true, false, true, false, false],
    );
  });

  test('OpenSearch keeps a line once, says which it refuses, and is asked again when it has too much to do', async () => {
    const statuses = (...all: number[]) => ({ items: all.map((status) => ({ create: { status } })) });
    const options = {
      url: 'http://o:9200',
      index: 'logs',
      instance: 'orders-1',
      encode: ({ text }: JournalLine) => ({ text }),
    };
    const good = answering(200, statuses(201, 409, 400));
    assert.deepEqual(await openSearchSink(options, good.post).send(lines), { kind: 'taken', refused: 1 });
    await openSearchSink(options, good.post).send(lines);
    assert.equal(good.posted[0]?.body, good.posted[1]?.body, 'the same line has the same name');
    const [first = ''] = good.posted[0]?.body.split('\n') ?? [];
    assert.match(first, /^{"create":{"_index":"logs-2026\.11\.1\d","_id":"[\w-]{27}"}}$/);
    const busy = answering(200, statuses(201, 429, 201));
    assert.equal((await openSearchSink(options, busy.post).send(lines)).kind, 'later');
  });
});
