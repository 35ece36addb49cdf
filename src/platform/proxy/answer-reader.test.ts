import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { AnswerReader } from './answer-reader.ts';
import { Unreadable } from './response-head.ts';

interface Read {
  readonly heads: (readonly [status: number, headers: readonly string[]])[];
  body: string;
  readonly trailers: readonly string[];
  readonly isDone: boolean;
  readonly taken: number;
}

/** What is read of an answer whose bytes come in these pieces. */
function readOf(pieces: readonly string[], isHead = false): Read {
  const reader = new AnswerReader();
  const heads: [number, readonly string[]][] = [];
  let [body, taken] = ['', 0];
  const onHead = ({ status, headers }: { status: number; headers: string[] }) => void heads.push([status, headers]);
  const onData = (chunk: Buffer) => {
    body += chunk.toString('latin1');
  };
  reader.expect({ onHead, onData }, isHead);
  for (const piece of pieces) taken += reader.take(Buffer.from(piece, 'latin1'));
  return { heads, body, taken, trailers: reader.trailers, isDone: reader.isDone };
}

function cutAt(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => text.slice(from, places[i]));
}

const OK = 'HTTP/1.1 200 OK\r\n';

it('reads the same however the bytes are cut', () => {
  const wires = fc.oneof(
    fc.constant(`${OK}Content-Length: 5\r\nX: caf\xe9 \r\n\r\nhello`),
    fc.constant('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 404\r\nContent-Length: 0\r\n\r\n'),
    fc
      .array(fc.stringMatching(/^[\x20-\x7e]{1,40}$/), { maxLength: 5 })
      .map(
        (parts) =>
          `${OK}Transfer-Encoding: chunked\r\n\r\n${parts.map((part) => `${part.length.toString(16)};a=b\r\n${part}\r\n`).join('')}0\r\nX-Sum: 1\r\n\r\n`,
      ),
  );
  fc.assert(
    fc.property(wires, fc.array(fc.nat(500), { maxLength: 40 }), (wire, cuts) => {
      const whole = readOf([wire]);
      assert.ok(whole.isDone);
      assert.equal(whole.taken, wire.length);
      assert.deepEqual(readOf(cutAt(wire, cuts)), whole);
    }),
    { numRuns: 200 },
  );
});

it('ends where the answer ends, whatever comes behind it', () => {
  for (const wire of [
    `${OK}Content-Length: 2\r\n\r\nok`,
    `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n',
  ])
    assert.equal(readOf([`${wire}HTTP/1.1 200 OK\r\n`]).taken, wire.length, wire);
  assert.ok(readOf([`${OK}Content-Length: 1000\r\n\r\n`], true).isDone, 'the answer to a HEAD');
  assert.ok(!readOf([`${OK}\r\nup to the end`]).isDone, 'an answer without a length');
});

it('does not read what could be read in two ways', () => {
  for (const wire of [
    'SMTP ready\r\n',
    'HTTP/2.0 200 OK\r\n\r\n',
    'HTTP/1.1  200 OK\r\n\r\n',
    'HTTP/1.1 20 OK\r\n\r\n',
    'HTTP/1.1 200 OK\n\r\n\r\n',
    `${OK}A: b\n\r\n\r\n`,
    `${OK}A: b\rC: d\r\n\r\n`,
    `${OK}A: b\r\n folded\r\n\r\n`,
    `${OK}A : b\r\n\r\n`,
    `${OK}: b\r\n\r\n`,
    `${OK}nothing\r\n\r\n`,
    `${OK}A: b\0c\r\n\r\n`,
    `${OK}A: ${'a'.repeat(17_000)}\r\n\r\n`,
    `${OK}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`,
    `${OK}Content-Length: 3, 3\r\n\r\nabc`,
    `${OK}Content-Length: +3\r\n\r\nabc`,
    `${OK}Content-Length: -1\r\n\r\nabc`,
    `${OK}Content-Length: 0x3\r\n\r\nabc`,
    `${OK}Content-Length: \r\n\r\nabc`,
    `${OK}Content-Length: 99999999999999999999\r\n\r\nabc`,
    `${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${OK}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
    'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ...['0x2', '+2', '-2', ' 2', '2 2', '', '2\n', '2;\0', '1'.repeat(13), `2;${'a'.repeat(2_000)}`].map(
      (size) => `${OK}Transfer-Encoding: chunked\r\n\r\n${size}\r\nab\r\n0\r\n\r\n`,
    ),
    `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n`,
    `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nab\n0\r\n\r\n`,
    `${OK}Transfer-Encoding: chunked\r\n\r\n0\r\nA : b\r\n\r\n`,
  ])
    assert.throws(() => readOf([wire]), Unreadable, JSON.stringify(wire.slice(0, 100)));
});
