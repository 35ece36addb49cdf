import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { answering, closeAll, type Heard, hearing, proxyTo, rawUpstream, upstream } from './raw-sockets-harness.ts';

afterEach(closeAll);

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const get = (path = '/', headers = '') => `GET ${path} HTTP/1.1\r\nHost: shop\r\n${headers}\r\n`;

/** What an upstream hears of a request that is sent through the hop. */
async function heardOf(bytes: string, options = {}): Promise<string> {
  let heard: Heard | undefined;
  const origin = await rawUpstream(async (each) => {
    heard = each;
    await each.until('\r\n\r\n');
    each.socket.write(OK);
  });
  const client = await (await proxyTo(origin, options)).send(bytes);
  await client.until('ok');
  return heard?.text ?? '';
}

/** What a client hears, up to `last`, when the upstream answers with these bytes. */
async function toldOf(answer: string, last: string, request = get(), end = false): Promise<Heard> {
  const proxy = await proxyTo(await answering(answer, end));
  const client = await proxy.send(request);
  await client.until(last);
  return client;
}

describe('what goes to the upstream', () => {
  it('is the request as it came, with our marks', async () => {
    const text = await heardOf(
      get('/v1/a%20b?q=%ED%95%9C', 'X-Odd: caf\xe9\r\ntraceparent: 00-ab-cd-01\r\nX-Odd: 2\r\n'),
    );
    const [first, ...lines] = text.trimEnd().split('\r\n');
    assert.equal(first, 'GET /v1/a%20b?q=%ED%95%9C HTTP/1.1');
    assert.deepEqual(lines, [
      'host: shop',
      'connection: keep-alive',
      'X-Odd: caf\xe9',
      'traceparent: 00-ab-cd-01',
      'X-Odd: 2',
      'x-forwarded-for: 127.0.0.1',
      'x-forwarded-proto: http',
      'x-forwarded-host: shop',
      'via: 1.1 jangteo',
    ]);
  });

  it('holds nothing that spoke of the client’s connection', async () => {
    const text = await heardOf(
      get(
        '/',
        'Connection: keep-alive, X-Mine, Host\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\nProxy-Authorization: Basic x\r\nExpect: 100-continue\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n',
      ),
    );
    for (const name of ['x-mine', 'keep-alive:', 'te:', 'proxy-authorization', 'expect', 'upgrade', 'http2-settings'])
      assert.ok(!text.toLowerCase().includes(`\r\n${name}`), `${name} in ${text}`);
    assert.match(text, /host: shop/);
  });

  it('believes what a proxy in front tells only when it is told to', async () => {
    const told = 'X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\nForwarded: for=9.9.9.9\r\nVia: 1.1 edge\r\n';
    const alone = await heardOf(get('/', told));
    assert.match(alone, /x-forwarded-for: 127\.0\.0\.1\r\n/);
    assert.match(alone, /x-forwarded-proto: http\r\n/);
    assert.doesNotMatch(alone, /forwarded: for/i);
    assert.match(alone, /via: 1\.1 edge, 1\.1 jangteo\r\n/);
    const behind = await heardOf(get('/', told), { trustForwarded: true });
    assert.match(behind, /x-forwarded-for: 9\.9\.9\.9, 127\.0\.0\.1\r\n/);
    assert.match(behind, /x-forwarded-proto: https\r\n/);
  });

  it('takes path and headers of the target in place of what came', async () => {
    const origin = await upstream(({ url, headers }, response) =>
      response.end(JSON.stringify([url, headers['x-team'], headers.host])),
    );
    const proxy = await proxyTo([{ origin, path: '/inner?x=1', headers: { 'x-team': 'ours', host: 'inside' } }]);
    const client = await proxy.send(get('/outer', 'X-Team: theirs\r\n'));
    await client.until(JSON.stringify(['/inner?x=1', 'ours', 'inside']));
  });

  it('is the path alone when the client names a whole address', async () => {
    const text = await heardOf('GET http://other.example/p?q=1 HTTP/1.1\r\nHost: shop\r\n\r\n');
    assert.match(text, /^GET \/p\?q=1 HTTP\/1\.1\r\nhost: other\.example\r\n/);
  });

  it('begins before the body has ended, in pieces as they come', async () => {
    let heard: Heard | undefined;
    const origin = await rawUpstream(async (each) => {
      heard = each;
      await each.until('second');
      each.socket.write(OK);
    });
    const proxy = await proxyTo(origin);
    const client = await proxy.send(
      'POST /up HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n',
    );
    while (!heard?.text.includes('first')) await new Promise((resolve) => setTimeout(resolve, 2));
    assert.match(heard.text, /transfer-encoding: chunked/);
    client.socket.write('6\r\nsecond\r\n0\r\n\r\n');
    await client.until('ok');
  });

  it('keeps the length that the client tells', async () => {
    const text = await heardOf('PUT /x HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\n\r\nhello');
    assert.match(text, /content-length: 5\r\n\r\nhello$/);
    assert.match(
      await heardOf('POST /x HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\n\r\n'),
      /content-length: 0\r\n\r\n$/,
    );
  });
});

describe('what comes back to the client', () => {
  it('is the answer as it was, without what spoke of the upstream’s connection', async () => {
    const { text } = await toldOf(
      'HTTP/1.1 201 Made So\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nConnection: keep-alive, X-Inner\r\nX-Inner: 1\r\nKeep-Alive: timeout=1\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 2\r\n\r\nok',
      '\r\n\r\nok',
    );
    assert.match(text, /^HTTP\/1\.1 201 Made So\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nDate: Thu, 01 Jan 1970/);
    assert.doesNotMatch(text, /x-inner|timeout=1/i);
    assert.ok(text.endsWith('\r\n\r\nok'));
  });

  it('tells what we have to tell beside it, unless the upstream told it itself', async () => {
    const origin = await answering('HTTP/1.1 200 OK\r\nX-Name: theirs\r\nContent-Length: 2\r\n\r\nok');
    const answerHeaders = ['x-name', 'ours', 'x-request-id', '7'];
    const client = await (await proxyTo([{ origin, answerHeaders }])).send(get());
    await client.until('\r\n\r\nok');
    assert.match(client.text, /X-Name: theirs\r\n/);
    assert.match(client.text, /x-request-id: 7\r\n/);
    assert.doesNotMatch(client.text, /ours/);
  });

  it('passes an event stream on at once: the head before the first event, each event as it comes', async () => {
    let stream: Heard | undefined;
    const origin = await rawUpstream(async (each) => {
      stream = each;
      await each.until('\r\n\r\n');
      each.socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
    });
    const client = await (await proxyTo(origin)).send(get());
    await client.until('text/event-stream');
    for (const id of ['one', 'two']) {
      stream?.socket.write(`9\r\ndata: ${id}\r\n`);
      await client.until(id);
    }
  });

  it('ends a HEAD, a 204 and a 304 without a body, whatever length they tell', async () => {
    for (const [request, answer] of [
      ['HEAD / HTTP/1.1\r\nHost: shop\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'],
      [get(), 'HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\nETag: "a"\r\n\r\n'],
      [get(), 'HTTP/1.1 204 No Content\r\n\r\n'],
    ] as const) {
      const origin = await rawUpstream(async (each) => {
        await each.until('\r\n\r\n');
        each.socket.write(each.text.includes('/next') ? OK : answer);
        if (each.text.startsWith('GET / ') && answer.includes('204'))
          await each.until('/next').then(() => each.socket.write(OK));
      });
      const proxy = await proxyTo(origin);
      const client = await proxy.send(request);
      assert.deepEqual(await proxy.next(), { kind: 'answered', status: Number(answer.slice(9, 12)), complete: true });
      await client.until('\r\n\r\n');
      // What comes next on the same connection is the next answer's head, not a body.
      const before = client.text.length;
      client.socket.write(get('/next', 'Connection: close\r\n'));
      const all = await client.closed();
      assert.match(all.slice(0, before), /\r\n\r\n$/);
      assert.match(all.slice(before), /^HTTP\/1\.1 200/);
    }
  });

  it('tells what the upstream tells before its answer, but not to HTTP/1.0', async () => {
    const answer = `HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n${OK}`;
    const { text } = await toldOf(answer, 'ok');
    assert.match(text, /^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>\r\n\r\nHTTP\/1\.1 200 OK/);
    const old = await toldOf(answer, 'ok', 'GET / HTTP/1.0\r\n\r\n');
    assert.match(await old.closed(), /^HTTP\/1\.1 200 OK/);
  });

  it('keeps chunks and trailers', async () => {
    const { text } = await toldOf(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n',
      '0\r\n',
    );
    assert.match(text, /Trailer: X-Sum\r\n/);
    assert.match(text, /3\r\nabc\r\n0\r\nx-sum: 7\r\n\r\n$/i);
  });

  it('ends with the connection for a client of HTTP/1.0 and for an upstream that tells no length', async () => {
    const client = await toldOf('HTTP/1.1 200 OK\r\n\r\nall of it', 'it', 'GET / HTTP/1.0\r\n\r\n', true);
    assert.match(await client.closed(), /\r\n\r\nall of it$/);
  });
});

describe('who leaves', () => {
  it('a client in the middle of an answer ends the upstream’s work', async () => {
    let stream: Heard | undefined;
    const origin = await rawUpstream(async (each) => {
      stream = each;
      await each.until('\r\n\r\n');
      each.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n');
    });
    const proxy = await proxyTo(origin);
    const client = await proxy.send(get());
    await client.until('a');
    const result = proxy.next();
    client.socket.destroy();
    assert.deepEqual(await result, { kind: 'left', sent: true });
    await stream?.closed();
  });

  it('a client in the middle of its upload does, too', async () => {
    const upstreams: Heard[] = [];
    const origin = await rawUpstream((each) => upstreams.push(each));
    const proxy = await proxyTo(origin);
    const client = await proxy.send('POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 100\r\n\r\nhalf');
    while (!upstreams[0]?.text.includes('half')) await new Promise((resolve) => setTimeout(resolve, 2));
    const result = proxy.next();
    client.socket.destroy();
    assert.deepEqual(await result, { kind: 'left', sent: true });
    await upstreams[0].closed();
  });

  it('an upstream in the middle of an answer: the client’s connection is cut, so that it can tell', async () => {
    for (const [answer, body] of [
      ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'half'],
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n', '4\r\nhalf\r\n'],
    ] as const) {
      const proxy = await proxyTo(await answering(answer, true));
      const client = await proxy.send(get());
      assert.deepEqual(await proxy.next(), { kind: 'answered', status: 200, complete: false });
      const text = await client.closed();
      assert.ok(text.endsWith(`\r\n\r\n${body}`), text);
    }
  });

  it('an upstream that answers before the upload has ended is heard; the connection goes on', async () => {
    const origin = await upstream((request, response) => {
      if (request.url === '/next') response.end('next');
      else response.writeHead(413, { connection: 'close' }).end('no');
    });
    const proxy = await proxyTo(origin);
    const client = await proxy.send('POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 8\r\n\r\nhalf');
    await client.until('413');
    client.socket.write(`rest${get('/next')}`);
    await client.until('next');
  });
});

describe('what the caller is told', () => {
  it('not sent: nobody listens; the whole body then goes elsewhere', async () => {
    const origin = await upstream(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.end(`got ${body}`);
    });
    const proxy = await proxyTo([{ origin: 'http://127.0.0.1:1' }, { origin }]);
    const client = await proxy.send('POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\n\r\nwhole');
    await client.until('got whole');
    assert.deepEqual(
      proxy.results.map((each) => ('reason' in each ? `${each.kind} ${each.reason}` : each.kind)),
      ['not-sent unreachable', 'answered'],
    );
  });

  it('not sent: no connection became free in time; the whole body then goes elsewhere', async () => {
    const busy = await rawUpstream(() => {});
    const origin = await upstream(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      response.end(`got ${body}`);
    });
    const proxy = await proxyTo([{ origin: busy }, { origin }], { connections: 1, connectTimeoutMs: 30 });
    await proxy.send(get());
    const client = await proxy.send('POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\n\r\nwhole');
    await client.until('got whole');
    const [first] = proxy.results;
    assert.ok(first?.kind === 'not-sent' && first.reason === 'busy');
  });

  it('dropped: what was written is broken, what was not goes elsewhere', async () => {
    const heard = Promise.withResolvers<void>();
    const silent = await rawUpstream(() => heard.resolve());
    const origin = await answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nelsewhere');
    const proxy = await proxyTo([{ origin: silent }, { origin }], { connections: 1 });
    const client = await proxy.send(`${get('/first')}${get('/second')}`);
    await heard.promise;
    proxy.drop(silent);
    await client.until('elsewhere');
    assert.deepEqual(
      proxy.results.map((each) => ('reason' in each ? `${each.kind} ${each.reason}` : each.kind)),
      ['not-sent unreachable', 'broken reset', 'answered'],
    );
  });

  it('broken: the fate of what was written is unknown, and why', async () => {
    const hangsUp = await rawUpstream(async (each) => {
      await each.until('\r\n\r\n');
      each.socket.destroy();
    });
    const cases = [
      ['reset', hangsUp, {}],
      ['protocol', await answering('SMTP ready\r\n\r\n'), {}],
      [
        'protocol',
        await answering(`HTTP/1.1 200 OK\r\nX-Huge: ${'a'.repeat(20_000)}\r\nContent-Length: 0\r\n\r\n`),
        {},
      ],
      [
        'protocol',
        await answering('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
        {},
      ],
      ['protocol', await answering('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'), {}],
      ['timeout', await rawUpstream(() => {}), { headersTimeoutMs: 30 }],
    ] as const;
    for (const [reason, origin, options] of cases) {
      const proxy = await proxyTo(origin, options);
      const client = await proxy.send(get());
      await client.until('broken');
      const [result] = proxy.results;
      assert.ok(result?.kind === 'broken', JSON.stringify(result));
      assert.equal(result.reason, reason, String(result.error));
    }
  });

  it('refused: what no upstream can be asked', async () => {
    const origin = await rawUpstream((each) => assert.fail(`nothing may arrive: ${hearing(each.socket).text}`));
    const proxy = await proxyTo(origin);
    for (const [bytes, reason] of [
      [get('/', 'Connection: upgrade\r\nUpgrade: websocket\r\n'), 'upgrade'],
      ['OPTIONS * HTTP/1.1\r\nHost: shop\r\n\r\n', 'malformed'],
      [get('/', 'Host: other\r\n'), 'malformed'],
      [get('/', `Via: ${'1.1 jangteo, '.repeat(3)}1.1 jangteo\r\n`), 'loop'],
    ] as const) {
      const client = await proxy.send(bytes);
      await client.until('refused');
      assert.deepEqual(proxy.results.at(-1), { kind: 'refused', reason });
    }
  });
});
