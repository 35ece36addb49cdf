import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import fc from 'fast-check';
import { closeAll, proxyTo, rawUpstream } from './raw-sockets-harness.ts';

afterEach(closeAll);

/** An answer on the wire: framed by length or in chunks, cut into writes anywhere, and broken off after some of its bytes, or not. */
const answers = fc.record({
  body: fc.stringMatching(/^[a-z]{0,400}$/),
  chunked: fc.boolean(),
  cuts: fc.array(fc.nat(600), { maxLength: 5 }),
  kept: fc.option(fc.nat(600), { nil: undefined }),
});

function wireOf(body: string, chunked: boolean): string {
  if (!chunked) return `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const parts = body.match(/.{1,37}/g) ?? [];
  const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
  return `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
}

/** The body of an answer as a client reads it; undefined when the answer is not whole. */
function bodyOf(text: string): string | undefined {
  const end = text.indexOf('\r\n\r\n');
  const rest = text.slice(end + 4);
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  if (length !== undefined) return rest.length === Number(length) ? rest : undefined;
  let body = '';
  for (let from = 0; ; ) {
    const [line, size = ''] = /^([0-9a-f]+)\r\n/.exec(rest.slice(from)) ?? [];
    if (line === undefined) return undefined;
    const begin = from + line.length;
    from = begin + Number.parseInt(size, 16);
    if (rest.slice(from, from + 2) !== '\r\n') return undefined;
    if (size === '0') return body;
    body += rest.slice(begin, from);
    from += 2;
  }
}

it('a client reads the whole body or sees that it was cut, however the bytes came; and one answer only', async () => {
  await fc.assert(
    fc.asyncProperty(answers, async ({ body, chunked, cuts, kept }) => {
      const wire = wireOf(body, chunked);
      const sent = kept === undefined ? wire : wire.slice(0, kept);
      const whole = sent === wire;
      const origin = await rawUpstream(async ({ socket, until }) => {
        await until('\r\n\r\n');
        let from = 0;
        for (const cut of [...cuts.filter((each) => each < sent.length).sort((a, b) => a - b), sent.length]) {
          socket.write(sent.slice(from, cut));
          from = cut;
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (!whole) socket.end();
      });
      const proxy = await proxyTo(origin);
      const result = proxy.next();
      const client = await proxy.send('GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n');
      const told = await client.closed();
      const ended = await result;

      assert.equal(told.split('HTTP/1.1 ').length, 2, `not one answer: ${told}`);
      const answered = told.startsWith('HTTP/1.1 200');
      assert.equal(ended.kind, answered ? 'answered' : 'broken');
      if (ended.kind === 'answered') assert.equal(ended.complete, whole);
      if (answered) assert.equal(bodyOf(told), whole ? body : undefined);
      await closeAll();
    }),
    { numRuns: 60 },
  );
});
