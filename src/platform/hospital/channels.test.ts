import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { mailer } from './mail-channel.ts';
import type { Notice } from './notice-port.ts';
import { newDirectCase } from './records.ts';
import { signatureOf, webhookChannel } from './webhook-channel.ts';

const SECRET = 'a secret of the team';
const OPENED = 1_800_000_000_000;
const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

function noticeOf(changes: Partial<Notice> = {}): Notice {
  const report = {
    kind: 'capture_refused',
    key: 'pay_1',
    subject: 'ord_1\r\nBcc: all@x',
    detail: 'The processor refused.',
  };
  const admitted = newDirectCase({ ...report, traceparent }, OPENED);
  return {
    ...{ id: 'payments.c.1.mail', service: 'payments', team: 'money', at: OPENED + 4 * 3_600_000, step: 2 },
    ...{ escalated: false, case: admitted, ...changes },
  };
}

/** A real mail server in this process; it turns the first `refusals` mails away for now. */
async function mailServer(refusals: number) {
  const mails: { readonly to: readonly string[]; readonly text: string }[] = [];
  let left = refusals;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, answer) {
      void text(stream).then((mail) => {
        if (left-- > 0) return answer(Object.assign(new Error('try later'), { responseCode: 451 }));
        const unfolded = mail.replaceAll('=\r\n', '').replaceAll(/\r\n[ \t]/g, ' ');
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: unfolded });
        answer();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { mails, url: `smtp://127.0.0.1:${port}`, close: () => new Promise<void>((done) => server.close(done)) };
}

test('a mail says what failed, why and where to look; asked again it is the same message', async () => {
  const server = await mailServer(1);
  const post = mailer({ url: server.url, from: 'Jangteo <shop@jangteo.test>' });
  const to = ['money@team.test', 'second@team.test'];
  const channel = post.channel({ name: 'mail', to, fromStep: 0, shopUrl: 'http://localhost:8080' });
  await assert.rejects(channel.send(noticeOf()), /451|try later/);
  await channel.send(noticeOf());
  await channel.send(noticeOf({ at: OPENED + 5 * 3_600_000 }));
  const [first, again] = server.mails;
  assert.ok(first !== undefined && again !== undefined && server.mails.length === 2);
  assert.deepEqual(first.to, to);
  assert.match(first.text, /^Subject: \[Jangteo\] payments: capture_refused of ord_1 Bcc: all@x has waited/m);
  assert.doesNotMatch(first.text, /^Bcc:/m);
  assert.match(first.text, /The processor refused\./);
  assert.match(first.text, /npx jangteo hospital show payments\.capture_refused-pay_1/);
  assert.match(first.text, /a{32}/);
  const idOf = (mail: string) => /^Message-ID: (\S+)/im.exec(mail)?.[1];
  assert.ok(idOf(first.text) !== undefined);
  assert.equal(idOf(first.text), idOf(again.text));
  post.close();
  await server.close();
  await assert.rejects(channel.send(noticeOf()));
});

test('a webhook is signed with the time of the attempt, and keeps its id when it is sent again', async () => {
  const posts: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const statuses = [500, 302, 204, 204];
  const server = createServer(async (request, response) => {
    posts.push({ headers: request.headers, body: await text(request) });
    response.writeHead(statuses[posts.length - 1] ?? 204, { location: '/elsewhere' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const channel = webhookChannel({ url: `http://127.0.0.1:${port}/hook?token=hidden`, secret: SECRET });
  assert.equal(channel.to, `http://127.0.0.1:${port}/hook`);
  await assert.rejects(channel.send(noticeOf()), /answered 500/);
  await assert.rejects(channel.send(noticeOf()), /answered 302/);
  await channel.send(noticeOf({ at: OPENED + 4 * 3_600_000 + 5_000 }));
  await channel.send(noticeOf({ id: 'payments.c.0.webhook', step: 0 }));
  assert.equal(posts.length, 4);
  for (const { headers, body } of posts) {
    const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    assert.equal(headers['webhook-signature'], signatureOf(SECRET, id, timestamp, body));
    assert.notEqual(headers['webhook-signature'], signatureOf(SECRET, id, timestamp, `${body} `));
  }
  assert.deepEqual(
    posts.map(({ headers }) => headers['webhook-id']),
    ['payments.c.1.mail', 'payments.c.1.mail', 'payments.c.1.mail', 'payments.c.0.webhook'],
  );
  assert.notEqual(posts[2]?.headers['webhook-timestamp'], posts[0]?.headers['webhook-timestamp']);
  const told = JSON.parse(posts[2]?.body ?? '{}');
  assert.deepEqual(
    [told.type, told.case.code, told.case.traceId],
    ['hospital.case.waiting', 'capture_refused', 'a'.repeat(32)],
  );
  assert.equal(JSON.parse(posts[3]?.body ?? '{}').type, 'hospital.case.admitted');
  server.close();
  await once(server, 'close');
  await assert.rejects(channel.send(noticeOf()));
});

test('the signature is that of Standard Webhooks', () => {
  // echo -n 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -hmac 'plain-secret' -binary | base64
  const signature = signatureOf('plain-secret', 'msg_1', '1614265330', '{"test": 2432232314}');
  assert.equal(signature, 'v1,KtqvuXtSlAQZIOEaWbKlE2v9/hMAkYGUOlH+9Eaq3Ds=');
});
