import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../clock/seeded.ts';
import type { Resource } from './port.ts';
import { newTransactionId } from './transaction-id.ts';

/** A resource and the ways of looking at it from outside. */
export interface ResourceUnderTest<Session> {
  /** The resource as another process uses it, on the same state. `die` ends that process' connections without a word. */
  process(): Promise<{ readonly resource: Resource<Session>; die(): Promise<void> }>;
  /** Does work that can be told by its text. */
  write(session: Session, text: string): Promise<void>;
  /** What everybody sees, in no order. */
  written(): Promise<readonly string[]>;
  /** Settles a prepared branch as an operator would, past its coordinator; nobody holds it then. */
  rollBackByHand(transaction: string): Promise<void>;
  close(): Promise<void>;
}

const NOW = 1_800_000_000_000;

/** What every resource promises. */
export function resourceConformance<Session>(what: string, open: () => Promise<ResourceUnderTest<Session>>): void {
  describe(`${what} as a resource`, () => {
    const random = seededRandom(7);
    const newId = (coordinator = 'shop', epoch = 1) => newTransactionId(coordinator, epoch, NOW, random);
    let world: ResourceUnderTest<Session>;
    before(async () => {
      world = await open();
    });
    after(() => world?.close());

    /** Runs work of one transaction up to its promise. */
    async function prepared(resource: Resource<Session>, transaction: string): Promise<string> {
      const branch = await resource.begin(transaction);
      await world.write(branch.session, transaction);
      return branch.prepare();
    }
    const sees = async (transaction: string) => (await world.written()).includes(transaction);

    it('shows work when it is committed, not before', async () => {
      const { resource, die } = await world.process();
      const id = newId();
      const receipt = await prepared(resource, id);
      assert.equal(await sees(id), false);
      assert.equal(await resource.commit(id, receipt), 'committed');
      assert.equal(await sees(id), true);
      await die();
    });

    it('shows nothing of what was rolled back or abandoned', async () => {
      const { resource, die } = await world.process();
      const [first, second] = [newId(), newId()];
      await prepared(resource, first);
      assert.equal(await resource.rollback(first), 'rolled_back');
      const branch = await resource.begin(second);
      await world.write(branch.session, second);
      await branch.abandon();
      assert.deepEqual([await sees(first), await sees(second)], [false, false]);
      assert.deepEqual(await resource.recover('shop'), []);
      await die();
    });

    it('keeps a promise over the death of who asked for it, whichever way it is settled', async () => {
      const [first, second] = [newId(), newId()];
      const before = await world.process();
      const receipt = await prepared(before.resource, first);
      await prepared(before.resource, second);
      await before.die();
      const { resource, die } = await world.process();
      assert.deepEqual([...(await resource.recover('shop'))].sort(), [first, second].sort());
      assert.equal(await resource.commit(first, receipt), 'committed');
      assert.equal(await resource.rollback(second), 'rolled_back');
      assert.deepEqual([await sees(first), await sees(second)], [true, false]);
      assert.deepEqual(await resource.recover('shop'), []);
      await die();
    });

    it('keeps nothing of work that promised nothing when its process dies', async () => {
      const id = newId();
      const before = await world.process();
      const branch = await before.resource.begin(id);
      await world.write(branch.session, id);
      await before.die();
      const { resource, die } = await world.process();
      assert.deepEqual(await resource.recover('shop'), []);
      assert.equal(await resource.rollback(id), 'rolled_back');
      assert.equal(await sees(id), false);
      await die();
    });

    it('lets another settle what one still holds, and tells the one so', async () => {
      const [first, second] = [newId(), newId()];
      const paused = await world.process();
      const receipt = await prepared(paused.resource, first);
      await prepared(paused.resource, second);
      const { resource, die } = await world.process();
      assert.equal(await resource.commit(first, receipt), 'committed');
      assert.equal(await resource.rollback(second), 'rolled_back');
      assert.equal(await paused.resource.commit(first, receipt), 'committed');
      assert.equal(await paused.resource.rollback(second), 'rolled_back');
      assert.deepEqual([await sees(first), await sees(second)], [true, false]);
      await paused.die();
      await die();
    });

    it('may be told twice', async () => {
      const { resource, die } = await world.process();
      const [first, second] = [newId(), newId()];
      const receipt = await prepared(resource, first);
      assert.equal(await resource.commit(first, receipt), 'committed');
      assert.equal(await resource.commit(first, receipt), 'committed');
      await prepared(resource, second);
      assert.equal(await resource.rollback(second), 'rolled_back');
      assert.equal(await resource.rollback(second), 'rolled_back');
      assert.equal(await resource.rollback(newId()), 'rolled_back');
      assert.equal((await world.written()).filter((text) => text === first).length, 1);
      await die();
    });

    it('tells a promise that was broken by hand', async () => {
      const id = newId();
      const before = await world.process();
      const receipt = await prepared(before.resource, id);
      await before.die();
      await world.rollBackByHand(id);
      const { resource, die } = await world.process();
      assert.equal(await resource.commit(id, receipt), 'lost');
      assert.equal(await sees(id), false);
      await die();
    });

    it('lists the branches of one name alone', async () => {
      const { resource, die } = await world.process();
      const names = ['ab', 'ab-c', 'abc', 'a'];
      const ids = names.map((name) => newId(name, 12));
      for (const id of ids) await prepared(resource, id);
      for (const [index, name] of names.entries()) assert.deepEqual(await resource.recover(name), [ids[index]]);
      for (const id of ids) await resource.rollback(id);
      await die();
    });

    it('forgets a committed branch when told, and none that is in doubt', async () => {
      const { resource, die } = await world.process();
      const [first, second] = [newId('memory'), newId('memory')];
      const receipt = await prepared(resource, first);
      await prepared(resource, second);
      await resource.commit(first, receipt);
      assert.ok((await resource.remembered('memory')).every((each) => each === first));
      await resource.forget([first]);
      assert.deepEqual(await resource.remembered('memory'), []);
      assert.deepEqual(await resource.recover('memory'), [second]);
      assert.equal(await resource.rollback(second), 'rolled_back');
      await die();
    });

    it('works for many at once', async () => {
      const { resource, die } = await world.process();
      const ids = Array.from({ length: 8 }, () => newId());
      await Promise.all(
        ids.map(async (id, index) => {
          const receipt = await prepared(resource, id);
          await (index % 2 === 0 ? resource.commit(id, receipt) : resource.rollback(id));
        }),
      );
      const seen = new Set(await world.written());
      assert.deepEqual(
        ids.map((id) => seen.has(id)),
        ids.map((_, index) => index % 2 === 0),
      );
      await die();
    });
  });
}
