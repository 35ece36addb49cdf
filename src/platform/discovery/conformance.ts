import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Discovery, Instance, Known } from './port.ts';

/** A discovery on its real registry, and what a test does to both. */
export interface DiscoveryUnderTest {
  /** As one more process has it. */
  open(): Discovery;
  /** Puts an instance in, as its own process would; the answer takes it back. */
  put(name: string, instance: Instance): Promise<() => Promise<void>>;
  /** The registry is there and does not answer; then it does again. */
  pause(): void;
  resume(): void;
  /** The registry is killed; then it is started again on its data. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** How long a change may take, on a busy machine. */
  readonly withinMs: number;
  /** Where instances register themselves: a process of its own that does, and is killed by the answer. */
  readonly registrant?: (name: string, id: string, ttlMs: number) => Promise<() => void>;
}

const one: Instance = { id: 'app-1', origin: 'http://127.0.0.1:3001', metadata: { zone: 'a', release: '12' } };
const two: Instance = { id: 'app-2', origin: 'http://127.0.0.1:3002', metadata: {} };
const TTL_MS = 3_000;

/** The promise of the port as a suite: on every registry it is the same. Names are the test's own, so the registry may hold others. */
export function discoveryConformance(kind: string, open: () => Promise<DiscoveryUnderTest>, names: () => string): void {
  const on =
    (check: (test: DiscoveryUnderTest, name: string, t: TestContext) => Promise<void>) => async (t: TestContext) =>
      check(await open(), names(), t);

  describe(`discovery: ${kind}`, () => {
    it(
      'a name that nobody has is known to be empty',
      on(async (test, name) => {
        const discovery = test.open();
        const { instances, state } = await discovery.watch(name).first;
        assert.deepEqual([instances, state], [[], 'current']);
        await discovery.close();
      }),
    );

    it(
      'instances appear with what they said of themselves, and disappear when they are taken back',
      on(async (test, name) => {
        const discovery = test.open();
        const told: Known[] = [];
        const watch = discovery.watch(name, (known) => told.push(known));
        await watch.first;
        const takeBack = await test.put(name, one);
        await until(() => watch.current().instances.length === 1, test.withinMs, 'the first');
        const [seen] = watch.current().instances;
        assert.equal(seen?.origin, one.origin);
        if (discovery.capabilities.metadata) assert.deepEqual(seen, one);
        const takeBackTwo = await test.put(name, two);
        await until(() => watch.current().instances.length === 2, test.withinMs, 'the second');
        await takeBack();
        await until(() => watch.current().instances.length === 1, test.withinMs, 'the end of the first');
        assert.equal(watch.current().instances[0]?.origin, two.origin);
        await takeBackTwo();
        await until(() => watch.current().instances.length === 0, test.withinMs, 'the end of the second');
        assert.ok(told.every((known, index) => changed(known, told[index - 1])));
        await discovery.close();
      }),
    );

    it(
      'several watch, each name apart, and a closed watch hears nothing more',
      on(async (test, name) => {
        const discovery = test.open();
        let heard = 0;
        const closed = discovery.watch(name, () => heard++);
        const other = discovery.watch(`${name}-other`);
        const watch = discovery.watch(name);
        await Promise.all([closed.first, other.first, watch.first]);
        closed.close();
        const heardAtClose = heard;
        const takeBack = await test.put(name, one);
        await until(() => watch.current().instances.length === 1, test.withinMs, 'the instance');
        assert.deepEqual([heard, other.current().instances], [heardAtClose, []]);
        await takeBack();
        await discovery.close();
      }),
    );

    it(
      'a registry that does not answer changes nothing but the state; what happened meanwhile is told when it does',
      on(async (test, name) => {
        const takeBack = await test.put(name, one);
        const discovery = test.open();
        const watch = discovery.watch(name);
        await until(() => watch.current().instances.length === 1, test.withinMs, 'the instance');
        test.pause();
        await until(() => watch.current().state === 'stale', 30_000, 'that the registry is away').finally(test.resume);
        assert.equal(watch.current().instances.length, 1);
        assert.ok((watch.current().trouble ?? '').length > 10, 'says what is wrong');
        await until(() => watch.current().state === 'current', 30_000, 'that the registry is back');
        assert.equal(watch.current().instances.length, 1);
        await takeBack();
        await until(() => watch.current().instances.length === 0, test.withinMs, 'the end');
        await discovery.close();
      }),
    );

    it(
      'a registry that is killed and started again: nobody is dropped, and who asks meanwhile gets his answer afterwards',
      on(async (test, name) => {
        const takeBack = await test.put(name, one);
        const discovery = test.open();
        const least: number[] = [];
        const watch = discovery.watch(name, ({ instances }) => least.push(instances.length));
        await until(() => watch.current().instances.length === 1, test.withinMs, 'the instance');
        least.length = 0;
        await test.kill();
        await until(() => watch.current().state === 'stale', 30_000, 'that the registry is away');
        const late = discovery.watch(`${name}-late`);
        await until(() => late.current().trouble !== undefined, 10_000, 'trouble');
        assert.equal(late.current().state, 'awaited');
        await test.revive();
        await until(() => watch.current().state === 'current', 60_000, 'that everybody is back');
        assert.ok(
          least.every((count) => count >= 1),
          `${least}: an instance was dropped`,
        );
        assert.equal(watch.current().instances.length, 1);
        assert.deepEqual((await late.first).instances, []);
        await takeBack();
        await discovery.close();
      }),
    );

    it(
      'closing takes back what was registered',
      on(async (test, name, t) => {
        if (test.registrant === undefined) return t.skip('instances do not put themselves in here');
        const [discovery, other] = [test.open(), test.open()];
        const registration = discovery.register(name, one, { ttlMs: TTL_MS });
        await registration.taken;
        assert.deepEqual(registration.status(), { taken: true });
        const watch = other.watch(name);
        await watch.first;
        await until(() => watch.current().instances.length === 1, test.withinMs, 'the instance');
        await discovery.close();
        await until(() => watch.current().instances.length === 0, test.withinMs, 'the end');
        await other.close();
      }),
    );

    it(
      'a process that is killed disappears when its lease has run out, one that beats stays',
      on(async (test, name, t) => {
        if (test.registrant === undefined) return t.skip('instances do not put themselves in here');
        const discovery = test.open();
        const kill = await test.registrant(name, 'app-1', TTL_MS);
        const killOther = await test.registrant(name, 'app-2', TTL_MS);
        const watch = discovery.watch(name);
        await until(() => watch.current().instances.length === 2, test.withinMs, 'both');
        await pause(TTL_MS * 2);
        assert.equal(watch.current().instances.length, 2, 'both beat');
        const killedAt = performance.now();
        kill();
        await until(() => watch.current().instances.length === 1, TTL_MS + test.withinMs, 'its end');
        const afterMs = performance.now() - killedAt;
        assert.equal(watch.current().instances[0]?.id, 'app-2');
        console.log(`${kind}: a killed process disappeared after ${Math.round(afterMs)} ms, its ttl is ${TTL_MS} ms`);
        killOther();
        await discovery.close();
      }),
    );
  });
}

function changed(known: Known, before: Known | undefined): boolean {
  return before === undefined || known.state !== before.state || known.instances !== before.instances;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(holds: () => boolean, withinMs: number, what: string): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await pause(20);
  }
}
