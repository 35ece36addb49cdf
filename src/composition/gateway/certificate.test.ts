import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect } from 'node:tls';
import { createAuthority, openAuthority } from '../../platform/certificates/authority.ts';
import type { KeyPair } from '../../platform/certificates/port.ts';
import { SetupFault } from '../fault.ts';
import { followCertificate, readCertificate } from './certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'jangteo-certificate-'));
const files = { certificateFile: join(folder, 'gateway.pem'), keyFile: join(folder, 'gateway.key') };
after(() => rmSync(folder, { recursive: true, force: true }));

let [first, second]: KeyPair[] = [];
before(async () => {
  const authority = await openAuthority(await createAuthority('test', Date.now(), 3_600_000));
  const issue = (name: string) => authority.issue(`spiffe://test/${name}`, Date.now(), 3_600_000);
  [first, second] = await Promise.all([issue('first'), issue('second')]);
});

const put = (certificate: string | undefined, key: string | undefined) => {
  writeFileSync(files.certificateFile, certificate ?? '');
  writeFileSync(files.keyFile, key ?? '');
};

describe('a gateway’s certificate', () => {
  it('what is none, is not there, or belongs to another key is told in one sentence that names both files', () => {
    const told = (error: unknown) =>
      error instanceof SetupFault &&
      error.message.includes(files.certificateFile) &&
      error.message.includes(files.keyFile) &&
      /^The gateway’s certificate .* in PEM\.$/.test(error.message);
    assert.throws(() => readCertificate(files), told, 'nothing is there');
    put('no PEM', first?.key);
    assert.throws(() => readCertificate(files), told);
    put(first?.certificates, second?.key);
    assert.throws(() => readCertificate(files), told);
    put(first?.certificates, first?.key);
    assert.equal(String(readCertificate(files).cert), first?.certificates);
  });

  it('one that is renewed is shown also where its key comes last; what cannot be used changes nothing and is told', async () => {
    put(first?.certificates, first?.key);
    const shown = readCertificate(files);
    const told: string[] = [];
    const server = createServer(shown).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const said = Promise.withResolvers<void>();
    const renewed = Promise.withResolvers<void>();
    const stop = followCertificate(server, {
      ...{ files, shown, lookMs: 5 },
      logger: {
        warn: (_fields, text) => said.resolve(void told.push(`warn: ${text}`)),
        info: (_fields, text) => renewed.resolve(void told.push(`info: ${text}`)),
      },
    });
    const nameShown = () =>
      new Promise<string | undefined>((resolve, reject) => {
        const { port } = server.address() as AddressInfo;
        const connection = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
          resolve(connection.getPeerCertificate().subjectaltname);
          connection.destroy();
        }).on('error', reject);
      });
    try {
      // A watcher needs a look at what there is before it can see a change.
      await new Promise((resolve) => setTimeout(resolve, 30));
      writeFileSync(files.certificateFile, second?.certificates ?? '');
      await said.promise;
      assert.match((await nameShown()) ?? '', /first/);
      writeFileSync(files.keyFile, second?.key ?? '');
      await renewed.promise;
      assert.match((await nameShown()) ?? '', /second/);
      assert.match(told[0] ?? '', /^warn: the new certificate cannot be used; the old one goes on$/);
    } finally {
      stop();
      server.close();
    }
  });
});
