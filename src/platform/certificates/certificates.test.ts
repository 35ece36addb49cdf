import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import { virtualClock } from '../clock/virtual.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { type Authority, createAuthority, openAuthority } from './authority.ts';
import { fileCredentials } from './files.ts';
import { faultIn, identityOf } from './identity.ts';
import { issuedCredentials } from './issued.ts';
import { type KeepOptions, keepCredentials } from './keep.ts';
import type { CredentialSource, Credentials } from './port.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ORDERS = 'spiffe://shop/orders';
const NOW = Date.parse('2026-11-21T12:00:00Z');
let authority: Authority;
let stranger: Authority;

before(async () => {
  authority = await openAuthority(await createAuthority('a shop', NOW, 365 * DAY));
  stranger = await openAuthority(await createAuthority('another', NOW, 365 * DAY));
});

describe('an authority', () => {
  test('vouches for a process by its URI, for a while, and for no other authority', async () => {
    const { certificates, key } = await authority.issue(ORDERS, NOW, DAY);
    const [leaf, root] = [new X509Certificate(certificates), new X509Certificate(authority.certificate)];
    assert.ok(leaf.checkIssued(root) && leaf.verify(root.publicKey));
    assert.ok(!leaf.verify(new X509Certificate(stranger.certificate).publicKey));
    assert.deepEqual({ ca: leaf.ca, root: root.ca }, { ca: false, root: true });
    assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    const identity = identityOf(certificates);
    assert.deepEqual([identity.uri, identity.notAfter], [ORDERS, NOW + DAY]);
    assert.ok(identity.notBefore < NOW, 'a clock that is behind believes it, too');
    assert.equal(faultIn({ certificates, key, authorities: authority.certificate }, ORDERS, NOW), undefined);
  });

  test('never gives the same key or number twice', async () => {
    const [one, other] = await Promise.all([authority.issue(ORDERS, NOW, DAY), authority.issue(ORDERS, NOW, DAY)]);
    assert.notEqual(one.key, other.key);
    assert.notEqual(
      new X509Certificate(one.certificates).serialNumber,
      new X509Certificate(other.certificates).serialNumber,
    );
  });

  test('what must not be used is told', async () => {
    const good = { ...(await authority.issue(ORDERS, NOW, DAY)), authorities: authority.certificate };
    const other = await authority.issue(ORDERS, NOW, DAY);
    const told = (changed: Partial<Credentials>, now = NOW) => faultIn({ ...good, ...changed }, ORDERS, now);
    assert.match(told({ key: other.key }) ?? '', /the key is not that of the certificate/);
    assert.match(told({}, NOW + DAY) ?? '', /has expired on 2026-11-22T12:00:00/);
    assert.match(told({ authorities: '' }) ?? '', /no authority/);
    assert.match(told({ certificates: 'half a file' }) ?? '', /cannot be read/);
    assert.match(
      told({ ...(await authority.issue('spiffe://shop/cart', NOW, DAY)) }) ?? '',
      /speaks for .*cart and not/,
    );
  });
});

describe('kept credentials', () => {
  const keeping = (source: CredentialSource, wishes: Partial<KeepOptions> = {}) => {
    const clock = virtualClock(NOW);
    const taken: Credentials[] = [];
    const options = { uri: ORDERS, random: seededRandom(1), logger: silentLogger, ...wishes };
    const sink = (credentials: Credentials) => void taken.push(credentials);
    return { clock, taken, kept: keepCredentials({ ...options, source, sink, clock }) };
  };

  test('are renewed between a half and two thirds of their life', async () => {
    const clock = virtualClock(NOW);
    const source = issuedCredentials(authority, { uri: ORDERS, lifetimeMs: DAY, now: clock.now });
    const taken: Credentials[] = [];
    const kept = keepCredentials({
      ...{ uri: ORDERS, source, clock, random: seededRandom(1), logger: silentLogger },
      sink: (credentials) => void taken.push(credentials),
    });
    await kept.first;
    await settled();
    await clock.advance(DAY / 2);
    await settled();
    assert.equal(taken.length, 1);
    await clock.advance(DAY / 6);
    await settled(() => taken.length > 1);
    assert.equal(taken.length, 2);
    assert.notEqual(taken[0]?.certificates, taken[1]?.certificates);
    assert.deepEqual([kept.status().renewals, kept.status().failures], [1, 0]);
    await kept.close();
  });

  test('stay in place while there are none better', async () => {
    const good = { ...(await authority.issue(ORDERS, NOW, DAY)), authorities: authority.certificate };
    const later = { ...(await authority.issue(ORDERS, NOW + HOUR, DAY)), authorities: authority.certificate };
    const offered: (Credentials | Error)[] = [good, new Error('the disk is gone'), { ...later, key: good.key }, later];
    const source: CredentialSource = {
      async obtain() {
        const next = offered.shift() ?? later;
        if (next instanceof Error) throw next;
        return next;
      },
      watch: () => () => undefined,
    };
    const { clock, taken, kept } = keeping(source);
    await kept.first;
    for (let step = 0; step < 40 && taken.length < 2; step++) {
      await clock.advance(DAY / 40);
      await settled();
    }
    assert.deepEqual(taken, [good, later]);
    assert.equal(kept.status().failures, 2);
    await kept.close();
  });

  describe('in files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jangteo-certificates-'));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const files = {
      certificates: join(folder, 'tls.crt'),
      key: join(folder, 'tls.key'),
      authorities: join(folder, 'ca.crt'),
    };
    const put = (file: string, text: string) => {
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    };

    test('are taken when they come, and again when all of them have changed', async () => {
      const clock = virtualClock(NOW);
      const taken: Credentials[] = [];
      const kept = keepCredentials({
        ...{ uri: ORDERS, source: fileCredentials(files, clock), clock, random: seededRandom(1), logger: silentLogger },
        sink: (credentials) => void taken.push(credentials),
      });
      const look = async (until: () => boolean) => {
        for (let tries = 0; tries < 20 && !until(); tries++) {
          await clock.advance(2_000);
          await settled(until);
        }
      };
      const one = await authority.issue(ORDERS, NOW, DAY);
      put(files.certificates, one.certificates);
      put(files.key, one.key);
      await look(() => false);
      assert.equal(taken.length, 0, 'without an authority nobody is believed');
      put(files.authorities, authority.certificate);
      await look(() => taken.length === 1);
      const other = await authority.issue(ORDERS, NOW, DAY);
      put(files.certificates, other.certificates);
      await look(() => kept.status().failures > 3);
      assert.equal(taken.length, 1, 'a certificate without its key is not taken');
      put(files.key, other.key);
      await look(() => taken.length === 2);
      assert.deepEqual(
        taken.map(({ key }) => key),
        [one.key, other.key],
      );
      await kept.close();
    });
  });
});

/** Lets promises and files come to rest, or until it holds. */
async function settled(holds = () => false): Promise<void> {
  for (let turns = 0; turns < 30 && !holds(); turns++) await new Promise((resolve) => setTimeout(resolve, 1));
}
