import assert from 'node:assert/strict';
import { connect as connectPlain, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:tls';
import { ELSEWHERE, remoteAsking } from '../../platform/calls/remote.ts';
import type { Authority } from '../../platform/certificates/authority.ts';
import { issuedCredentials } from '../../platform/certificates/issued.ts';
import { systemClock } from '../../platform/clock/system.ts';
import { UPGRADES } from './limits.ts';
import { uriOf } from './plan.ts';
import { DOMAIN, newAuthority, twoBehindSidecars } from './sidecars-harness.ts';

type Two = Awaited<ReturnType<typeof twoBehindSidecars>>;
const ASKER = uriOf(DOMAIN, 'asker');
const DAY_MS = 86_400_000;

describe('two processes behind their proxies', () => {
  let two: Two;
  before(async () => {
    two = await twoBehindSidecars();
  });
  after(() => two.stop());

  const post = (path: string, body = '{}') => fetch(`${two.ask}${path}`, { method: 'POST', body });
  const seen = (what: string) => two.processes.answerer.received[what] ?? 0;

  describe('whoever comes in must show who they are', () => {
    const shown = async (authority: Authority, uri: string, now = Date.now(), lifetimeMs = DAY_MS) => {
      const { certificates, key } = await authority.issue(uri, now, lifetimeMs);
      return knock(two.door, { cert: certificates, key });
    };

    test('a process of the shop comes in', async () => {
      assert.match(await shown(two.authority, ASKER), /^HTTP\/1.1 200/);
    });
    test('without a certificate nobody does', async () => {
      assert.match(await knock(two.door, {}), /CERTIFICATE_REQUIRED/);
    });
    test('a certificate of another authority is refused', async () => {
      assert.match(await shown(await newAuthority(), ASKER), /UNKNOWN_CA/);
    });
    test('one that has expired is refused', async () => {
      assert.match(await shown(two.authority, ASKER, Date.now() - 2 * DAY_MS), /CERTIFICATE_EXPIRED/);
    });
    test('a process that the topology does not know is refused', async () => {
      assert.match(await shown(two.authority, uriOf(DOMAIN, 'stranger')), /CERTIFICATE_UNKNOWN/);
    });
    test('so is plain HTTP', async () => {
      await assert.rejects(fetch(`http://127.0.0.1:${two.door.port}/who`));
    });
  });

  test('a request passes as it is', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-request-id': 'mine',
      via: '1.1 jangteo',
      authorization: 'Bearer it',
    };
    const path = '/a%2Fb//c/../d?q=%20+&r';
    const answer = await raw(
      new URL(two.ask),
      `PUT ${path} HTTP/1.1\r\nhost: shop.example\r\n${lines(headers)}content-length: 5\r\nconnection: close\r\n\r\nhello`,
    );
    assert.match(answer, /^HTTP\/1.1 200 OK\r\n/);
    assert.doesNotMatch(answer, /envoy/i);
    const got = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
    const { connection: _connection, ...passed } = got.headers;
    assert.deepEqual(
      { ...got, headers: passed },
      { method: 'PUT', url: path, body: 'hello', headers: { host: 'shop.example', 'content-length': '5', ...headers } },
    );
  });

  describe('of answers that are lost', () => {
    test('a read is asked again', async () => {
      two.processes.answerer.breakNext(2);
      assert.equal((await fetch(`${two.ask}/read`)).status, 200);
      assert.equal(seen('GET /read'), 3);
    });
    test('nothing else is: its sender hears that it may have taken effect', async () => {
      two.processes.answerer.breakNext(1);
      const answer = await post('/take');
      assert.deepEqual(
        [
          answer.status,
          answer.headers.get('content-type'),
          answer.headers.get('retry-after'),
          answer.headers.get('x-sidecar-lost'),
        ],
        [503, 'application/problem+json; charset=utf-8', '1', null],
      );
      assert.equal(((await answer.json()) as { code: string }).code, 'unavailable');
      assert.equal(seen('POST /take'), 1);
    });
    test('an answer that the process itself gives is never asked again', async () => {
      const answer = await fetch(`${two.ask}/busy`);
      assert.deepEqual(
        [answer.status, answer.headers.get('retry-after'), await answer.text()],
        [503, '7', '{"busy":true}'],
      );
      assert.equal(seen('GET /busy'), 1);
    });
  });

  test('a process that is away is told at once: nothing has happened', async () => {
    await two.processes.answerer.close();
    assert.equal((await post('/orders')).status, 421);
    await two.processes.answerer.open();
    assert.equal((await post('/orders')).status, 200);
    assert.equal(seen('POST /orders'), 1);
  });

  test('a call to a process that is away has not been sent: another is asked', async () => {
    const asking = remoteAsking({ token: 't', clock: systemClock, timeoutMs: 5_000 });
    await two.processes.answerer.close();
    assert.equal(await asking.ask(two.ask, 'stock', 'take', {}, {}), ELSEWHERE);
    await two.processes.answerer.open();
    await asking.close();
  });

  test('a stream goes through as it comes, and ends with its process', async () => {
    const answer = await fetch(`${two.ask}/stream`);
    const late: number[] = [];
    let ended: unknown;
    const reading = (async () => {
      for await (const part of answer.body ?? [])
        for (const line of Buffer.from(part).toString().trim().split('\n')) late.push(Date.now() - Number(line));
    })().catch((error: unknown) => {
      ended = error;
    });
    await pause(2_000);
    assert.ok(late.length > 10, `${late.length} lines came`);
    assert.ok((late.toSorted((a, b) => a - b)[late.length >> 1] ?? 0) < 20, 'they are not gathered on the way');
    await two.processes.answerer.close();
    await Promise.race([reading, pause(5_000)]);
    assert.ok(ended instanceof Error, 'a stream that broke off does not look as if it were at its end');
    await two.processes.answerer.open();
  });

  for (const token of UPGRADES)
    test(`a connection may become ${token}`, async () => {
      const { socket, said } = await upgraded(new URL(two.ask), token);
      for (const word of ['one', 'another', 'x'.repeat(100_000)]) {
        socket.write(`${word}\n`);
        assert.equal(await said(), word);
      }
      socket.destroy();
    });

  test('a proxy that is killed is back, and its process has noticed nothing', async () => {
    const { sidecars } = two;
    await sidecars.asker.engine.kill();
    await eventually(async () => (await fetch(`${two.ask}/back`)).status === 200);
    assert.equal(sidecars.asker.restarts(), 1);
  });

  test('a peer that cannot be reached is left alone, and comes back', async () => {
    await two.sidecars.answerer.engine.kill();
    assert.equal((await post('/ejected')).status, 421);
    assert.equal(await two.figure('asker', 'cluster.answerer-1.outlier_detection.ejections_enforced_total'), 1);
    const tried = await two.figure('asker', 'cluster.answerer-1.upstream_cx_total');
    assert.equal((await post('/ejected')).status, 421);
    assert.equal(await two.figure('asker', 'cluster.answerer-1.upstream_cx_total'), tried, 'nobody tries');
    await eventually(async () => (await post('/ejected')).status === 200);
    assert.equal(await two.figure('asker', 'cluster.answerer-1.outlier_detection.ejections_active'), 0);
  });
});

describe('certificates that change under load', () => {
  test('nobody notices', async () => {
    const authority = await newAuthority();
    const sourceOf = (uri: string) => issuedCredentials(authority, { uri, lifetimeMs: 5_000, now: Date.now });
    const two = await twoBehindSidecars({ sourceOf });
    try {
      const first = await serialShown(two);
      const failed = await underLoad(two, 12_000);
      assert.deepEqual(failed, []);
      assert.ok((two.sidecars.answerer.credentials()?.renewals ?? 0) >= 2);
      assert.notEqual(await serialShown(two), first);
    } finally {
      await two.stop();
    }
  });

  test('an authority follows another', async () => {
    const [old, next] = await Promise.all([newAuthority('old'), newAuthority('next')]);
    let step = 0;
    const waiting = new Set<() => void>();
    const sourceOf = (uri: string) => ({
      obtain: async () => {
        const pair = await (step < 2 ? old : next).issue(uri, Date.now(), DAY_MS);
        const believed = [[old], [old, next], [old, next], [next]][step] ?? [];
        return { ...pair, authorities: believed.map(({ certificate }) => certificate).join('') };
      },
      watch: (changed: () => void) => {
        waiting.add(changed);
        return () => void waiting.delete(changed);
      },
    });
    const two = await twoBehindSidecars({ sourceOf });
    try {
      const load = underLoad(two, 5_000);
      for (step = 1; step < 4; step++) {
        for (const changed of waiting) changed();
        await pause(1_200);
      }
      step = 3;
      assert.deepEqual(await load, []);
      const { certificates, key } = await old.issue(ASKER, Date.now(), DAY_MS);
      assert.match(await knock(two.door, { cert: certificates, key }), /UNKNOWN_CA/, 'the old one is believed no more');
    } finally {
      await two.stop();
    }
  });

  test('a peer that shows a certificate of another authority is not talked to', async () => {
    const [ours, theirs] = await Promise.all([newAuthority(), newAuthority()]);
    const two = await twoBehindSidecars({
      sourceOf: (uri) => issuedCredentials(uri === ASKER ? ours : theirs, { uri, lifetimeMs: DAY_MS, now: Date.now }),
    });
    try {
      assert.equal((await fetch(`${two.ask}/secret`, { method: 'POST' })).status, 421);
      assert.deepEqual(two.processes.answerer.received, {});
    } finally {
      await two.stop();
    }
  });
});

/** What a door says to one request, or why there was no answer. */
function knock(door: { host: string; port: number }, shown: { cert?: string; key?: string }): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ ...door, ...shown, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    let said = '';
    socket.on('data', (part) => {
      said += part;
    });
    socket.once('secureConnect', () => socket.write('GET /knock HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('close', () => resolve(said));
  });
}

function serialShown({ door, authority }: Two): Promise<string> {
  return new Promise((resolve, reject) => {
    void authority.issue(ASKER, Date.now(), DAY_MS).then(({ certificates, key }) => {
      const socket = connect({ ...door, cert: certificates, key, rejectUnauthorized: false });
      socket.once('secureConnect', () => {
        resolve(socket.getPeerCertificate().serialNumber);
        socket.destroy();
      });
      socket.once('error', reject);
    });
  });
}

/** Why requests failed. Bursts of different size, so that connections are made all the time. */
async function underLoad({ ask }: Two, ms: number): Promise<readonly string[]> {
  const failed: string[] = [];
  const until = performance.now() + ms;
  for (let burst = 1; performance.now() < until; burst = (burst % 24) + 1) {
    await Promise.all(
      Array.from({ length: burst }, async (_, number) => {
        const method = number % 2 === 0 ? 'GET' : 'POST';
        const answer = await fetch(`${ask}/load`, { method }).catch((error: Error) => error);
        if (answer instanceof Error) failed.push(`${method} ${String(answer.cause ?? answer)}`);
        else if (answer.status !== 200) failed.push(`${method} ${answer.status} ${await answer.text()}`);
        else await answer.arrayBuffer();
      }),
    );
    await pause(20);
  }
  return failed;
}

function raw({ hostname, port }: URL, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectPlain(Number(port), hostname, () => socket.write(request));
    let said = '';
    socket.on('data', (part) => {
      said += part;
    });
    socket.once('error', reject).once('close', () => resolve(said));
  });
}

function lines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

async function upgraded({ hostname, port }: URL, token: string) {
  const socket: Socket = connectPlain(Number(port), hostname);
  let heard = '';
  let wake = () => {};
  socket.on('data', (part) => {
    heard += part;
    wake();
  });
  const upTo = async (end: string): Promise<string> => {
    while (!heard.includes(end))
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    const found = heard.slice(0, heard.indexOf(end));
    heard = heard.slice(heard.indexOf(end) + end.length);
    return found;
  };
  socket.write(`GET /stream-of-calls HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: ${token}\r\n\r\n`);
  assert.match(await upTo('\r\n\r\n'), /^HTTP\/1.1 101/);
  return { socket, said: () => upTo('\n') };
}

async function eventually(holds: () => Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await pause(50);
  }
}
