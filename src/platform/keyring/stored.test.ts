import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { virtualClock } from '../clock/virtual.ts';
import { eventStoreCollections, openEventStore } from '../event-store/open.ts';
import { memoryStorage } from '../storage/memory.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { documentKeyStore, personKeys } from './key-store.ts';
import { storedKeyring } from './stored.ts';

const random = { bytes: (count: number) => randomBytes(count), fraction: Math.random };
const personal = { email: 'sun@example.com', name: '김선' };

async function world() {
  const clock = virtualClock();
  const storage = memoryStorage({ name: 'keyring', clock, collections: [...eventStoreCollections, personKeys] });
  const store = await openEventStore({ storage, aggregates: [], clock, random, owner: 'one', logger: silentLogger });
  const another = (masterKey = new Uint8Array(32)) =>
    storedKeyring({ keys: documentKeyStore({ store, documents: storage, clock }), masterKey, clock, random });
  return { clock, storage, another, keyring: another() };
}

it('seals for a person and opens again, also in another process', async () => {
  const { keyring, another } = await world();
  const sealed = await keyring.seal('shp_1', personal);
  assert.ok(!JSON.stringify(sealed).includes('sun@'));
  assert.deepEqual(await keyring.open(sealed), personal);
  assert.deepEqual(await another().open(sealed), personal);
});

it('never writes the same ciphertext twice', async () => {
  const { keyring } = await world();
  assert.notDeepEqual(await keyring.seal('shp_1', personal), await keyring.seal('shp_1', personal));
});

it('makes one key per person, whoever asks at the same time', async () => {
  const { keyring, another } = await world();
  const both = await Promise.all([
    keyring.seal('shp_1', personal),
    another().seal('shp_1', personal),
    keyring.seal('shp_1', personal),
  ]);
  const fresh = another();
  for (const sealed of both) assert.deepEqual(await fresh.open(sealed), personal);
});

it('erases: what was sealed is gone for good, here at once and elsewhere within a minute', async () => {
  const { keyring, another, clock, storage } = await world();
  const elsewhere = another();
  const sealed = await keyring.seal('shp_1', personal);
  assert.deepEqual(await elsewhere.open(sealed), personal);
  await keyring.erase('shp_1');
  await keyring.erase('shp_1');
  assert.equal(await keyring.open(sealed), undefined);
  await clock.advance(61_000);
  assert.equal(await elsewhere.open(sealed), undefined);
  await assert.rejects(keyring.seal('shp_1', personal), { name: 'ErasedPerson' });
  const [document] = (await storage.documents(personKeys, 0, ['shp_1'])).values();
  assert.deepEqual(Object.keys(document?.body ?? {}), ['erasedAt']);
});

it('also refuses to seal for a person who was erased before there was a key', async () => {
  const { keyring } = await world();
  await keyring.erase('shp_2');
  await assert.rejects(keyring.seal('shp_2', personal), { name: 'ErasedPerson' });
});

it('throws when a ciphertext was tampered with or moved to another person', async () => {
  const { keyring } = await world();
  const sealed = await keyring.seal('shp_1', personal);
  await keyring.seal('shp_2', personal);
  await assert.rejects(keyring.open({ ...sealed, person: 'shp_2' }));
  const bytes = Buffer.from(sealed.sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  await assert.rejects(keyring.open({ ...sealed, sealed: bytes.toString('base64') }));
});

it('opens nothing with another master key', async () => {
  const { keyring, another } = await world();
  const sealed = await keyring.seal('shp_1', personal);
  await assert.rejects(another(new Uint8Array(32).fill(1)).open(sealed));
});
