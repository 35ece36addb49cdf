import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { takeProxied } from './proxied.ts';
import { proxyHeaderIn } from './proxy-protocol.ts';

const text = (line: string) => Buffer.from(`${line}\r\n`);
const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';
const binary = (command: number, family: number, body: readonly number[]) =>
  Buffer.concat([Buffer.from(SIGNATURE, 'latin1'), Buffer.from([command, family, 0, body.length, ...body])]);
const OURS = [10, 0, 0, 1];

const headers: readonly (readonly [Buffer, object])[] = [
  [text('PROXY TCP4 203.0.113.7 10.0.0.1 40000 443'), { address: '203.0.113.7', port: 40_000 }],
  [text('PROXY TCP6 2001:db8::7 fd00::1 40000 443'), { address: '2001:db8::7', port: 40_000 }],
  [binary(0x21, 0x11, [203, 0, 113, 7, ...OURS, 156, 64, 1, 187]), { address: '203.0.113.7', port: 40_000 }],
  [
    binary(0x21, 0x21, [
      0x20,
      1,
      0xd,
      0xb8,
      ...Array(11).fill(0),
      7,
      ...Array(16).fill(0),
      156,
      64,
      1,
      187,
      4,
      0,
      1,
      0,
    ]),
    { address: '2001:db8::7', port: 40_000 },
  ],
];
const silent = [text('PROXY UNKNOWN'), binary(0x20, 0, []), binary(0x21, 0x31, Array(216).fill(65))];
const malformed = [
  text('PROXY TCP4 203.0.113.7 10.0.0.1 40000'),
  text('PROXY TCP4 2001:db8::7 fd00::1 40000 443'),
  text('PROXY TCP4 203.0.113.7 10.0.0.1 70000 443'),
  Buffer.from(`PROXY ${'x'.repeat(120)}`),
  binary(0x31, 0x11, [203, 0, 113, 7, ...OURS, 0, 1, 0, 2]),
  binary(0x21, 0x11, [203, 0, 113, 7]),
];

describe('a PROXY header', () => {
  it('tells the client, in both versions, and where the connection itself begins', () => {
    for (const [header, client] of headers)
      assert.deepEqual(proxyHeaderIn(Buffer.concat([header, Buffer.from('GET')])), {
        ...{ kind: 'told', bytes: header.length, client },
      });
    for (const header of silent) assert.deepEqual(proxyHeaderIn(header), { kind: 'told', bytes: header.length });
    for (const header of malformed) assert.equal(proxyHeaderIn(header).kind, 'malformed', header.toString('latin1'));
    for (const other of ['GET / HTTP/1.1\r\n', 'PROPFIND / HTTP/1.1\r\n', '\x16\x03\x01', '\r\nGET'])
      assert.equal(proxyHeaderIn(Buffer.from(other, 'latin1')).kind, 'absent');
  });

  it('is waited for until it is whole', () => {
    for (const [header] of headers)
      for (let length = 0; length < header.length; length += 1)
        assert.equal(proxyHeaderIn(header.subarray(0, length)).kind, 'incomplete');
  });

  it('never breaks whoever reads it', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'PROXY ', SIGNATURE), fc.uint8Array({ maxLength: 300 }), (begin, rest) => {
        const header = proxyHeaderIn(Buffer.concat([Buffer.from(begin, 'latin1'), rest]));
        if (header.kind === 'told') assert.ok(header.bytes <= begin.length + rest.length);
      }),
    );
  });
});

describe('a server behind a proxy that passes connections through', () => {
  it('knows its clients, whatever way the bytes are cut, and serves others as they are', async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end(`${request.socket.remoteAddress} ${request.url};`));
    });
    const endSilent = takeProxied(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const said = (parts: readonly Buffer[]) =>
      new Promise<string>((resolve) => {
        const connection = connect(port, '127.0.0.1');
        let heard = '';
        connection.on('data', (part) => {
          heard += part;
        });
        connection.on('error', () => undefined);
        connection.on('close', () => resolve([...heard.matchAll(/[\da-f.:]+ \/\w+;/g)].join('')));
        const write = ([first, ...rest]: readonly Buffer[]) => {
          if (first === undefined) return;
          connection.write(first);
          setTimeout(() => write(rest), 5);
        };
        write(parts);
      });
    const two = Buffer.from(
      'POST /one HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /two HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    const [[header]] = headers as [readonly [Buffer, object]];
    const all = Buffer.concat([header, two]);
    assert.equal(await said([all]), '203.0.113.7 /one;203.0.113.7 /two;');
    assert.equal(
      await said([all.subarray(0, 9), all.subarray(9, 60), all.subarray(60)]),
      '203.0.113.7 /one;203.0.113.7 /two;',
    );
    assert.equal(await said([two]), '127.0.0.1 /one;127.0.0.1 /two;');
    assert.equal(await said([silent[1] as Buffer, two]), '127.0.0.1 /one;127.0.0.1 /two;');
    assert.equal(await said([malformed[0] as Buffer, two]), '');

    const waiting = said([]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const closed = new Promise((resolve) => server.close(resolve));
    endSilent();
    await closed;
    assert.equal(await waiting, '');
  });
});
