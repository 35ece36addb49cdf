import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { liveTable } from './live-table.ts';
import { durationText, statusText } from './status-table.ts';

it('the table tells what runs, for how long, and how often it was started again', () => {
  assert.equal(
    statusText(
      [
        { name: 'app-1', state: 'running', pid: 4711, restarts: 0, port: 3001, since: 0 },
        { name: 'payments-1', state: 'restarting', restarts: 12, since: 60_000 },
        { name: 'payments-2', state: 'restarting', pid: 4712, restarts: 22, since: 60_000 },
      ],
      63_000,
    ),
    `process     state                   pid   restarts  port  for
app-1       running                 4711  0         3001  1 min 3 s
payments-1  restarting (12th time)  –     12        –     3 s
payments-2  restarting (22nd time)  4712  22        –     3 s`,
  );
  assert.deepEqual([0, 3_600_000, 90_000_000].map(durationText), ['0 s', '1 h 0 min', '1 d 1 h']);
});

/** What a terminal shows in the end: text, and the two movements that the table makes. */
function screen() {
  const lines = [''];
  const write = (text: string) => {
    for (const piece of text.replaceAll('\x1b', '␛').split(/(␛\[\d+A␛\[0J|\n)/)) {
      const up = /^␛\[(\d+)A/.exec(piece)?.[1];
      if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Number(up) + 1, '');
      else if (piece === '\n') lines.push('');
      else lines[lines.length - 1] += piece;
    }
  };
  return { write, shown: () => lines.join('\n') };
}

describe('a live table', () => {
  it('stays below a log that scrolls, is drawn in its place, and goes', () => {
    const { write, shown } = screen();
    let rows = 'a 1\nb 1';
    const live = liveTable({ write, columns: 80, rows: 24 }, () => rows);
    live.log('first\n');
    live.log('second\n');
    assert.equal(shown(), 'first\nsecond\n\na 1\nb 1\n');
    rows = 'a 2';
    live.refresh();
    assert.equal(shown(), 'first\nsecond\n\na 2\n');
    live.end();
    live.refresh();
    live.log('third\n');
    assert.equal(shown(), 'first\nsecond\nthird\n');
  });

  it('fits the terminal, for a line that wraps could not be erased', () => {
    const { write, shown } = screen();
    const live = liveTable({ write, columns: 10, rows: 4 }, () => `${'x'.repeat(30)}\n1\n2\n3\n4`);
    live.log('log\n');
    live.refresh();
    assert.equal(shown(), 'log\n\nxxxxxxxxx\n');
  });
});
