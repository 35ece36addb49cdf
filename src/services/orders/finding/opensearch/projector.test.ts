import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { systemRandom } from '../../../../platform/clock/system.ts';
import { virtualClock } from '../../../../platform/clock/virtual.ts';
import { UnavailableFault } from '../../../../platform/event-store/port.ts';
import type { WriteBulk } from '../../../../platform/opensearch/bulk.ts';
import type { Generation, Generations } from '../../../../platform/opensearch/generations.ts';
import type { StoredEvent } from '../../../../platform/storage/port.ts';
import { silentLogger } from '../../../../platform/telemetry/silent.ts';
import type { OrderKinds } from './mapping.ts';
import { openProjector, type Projector } from './projector.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const EVENTS = 25;

/** What an engine holds, by number: up to where the log is in it. Faults are met once, by the name of what is asked. */
function engineInMemory() {
  const held = new Map<number, number>();
  const faults = new Map<string, () => unknown>();
  let serving: number | undefined;
  const meet = (what: string) => {
    const fault = faults.get(what)?.();
    faults.delete(what);
    if (fault !== undefined) throw fault;
  };
  const named = (number: number): Generation<OrderKinds> => ({
    number,
    written: { orders: `orders-${number}`, positions: `positions-${number}` },
  });
  const numberOf = (index: string) => Number(/\d+/.exec(index)?.[0]);
  const generations: Generations<OrderKinds> = {
    alias: 'orders',
    serving: async () => (serving === undefined ? undefined : { ...named(serving), current: true }),
    async create() {
      meet('create');
      const number = Math.max(0, ...held.keys()) + 1;
      held.set(number, 0);
      return named(number);
    },
    async changeOver({ number }) {
      meet('changeOver');
      if (!held.has(number)) throw new UnavailableFault('404');
      const replaced = [...held.keys()].filter((other) => other < number);
      serving = number;
      return replaced.map(named);
    },
    async sweep() {
      for (const number of held.keys()) if (number !== serving) held.delete(number);
    },
    drop: async ({ number }) => void held.delete(number),
  };
  const ask = async ({ path }: { readonly path: string }) => {
    const position = held.get(numberOf(path));
    if (position === undefined) return { status: 404, headers: {}, body: {} };
    return { status: 200, headers: {}, body: { docs: [{ _source: { position } }] } };
  };
  const write: WriteBulk = async (actions) => {
    const [{ target = '', body = {} } = {}] = actions;
    const number = numberOf(target);
    meet(`write ${number}`);
    if (!held.has(number)) return actions.map(() => ({ kind: 'gone' }));
    held.set(number, (body as { readonly position: number }).position);
    return actions.map(() => ({ kind: 'written', source: {} }));
  };
  return { generations, ask, write, held, faults, serves: () => serving };
}

function projected(engine = engineInMemory()) {
  const clock = virtualClock();
  const events = Array.from({ length: EVENTS }, (_, at) => ({ partition: 0, position: at + 1, stream: 'saga/1' }));
  const projector: Projector = openProjector({
    ...{ clock, random: systemRandom, logger: silentLogger, generations: engine.generations, write: engine.write },
    ask: engine.ask as Parameters<typeof openProjector>[0]['ask'],
    log: {
      readFeed: async ([after = 0], limit) => events.slice(after, after + limit) as unknown as StoredEvent[],
      heads: async () => [EVENTS],
    },
    ...{ readHistory: async () => [], refresh: async () => {}, onCommitted: () => () => {} },
    ...{ partitions: 1, batch: 10, restMs: 20, graceMs: 50 },
  });
  const over = () => clock.runUntil(projector.close());
  opened.push(over);
  return { clock, engine, projector };
}

describe('the index of orders', () => {
  it('is made from the first event on, and then anew beside the one that serves', async () => {
    const { clock, engine, projector } = projected();
    await clock.advance(200);
    assert.deepEqual([...engine.held], [[1, EVENTS]]);
    await clock.runUntil(projector.rebuild());
    await clock.advance(200);
    assert.deepEqual([engine.serves(), ...engine.held], [2, [2, EVENTS]]);
  });

  const lose = (number: number) => (engine: ReturnType<typeof engineInMemory>) => void engine.held.delete(number);
  for (const [name, what, fault] of [
    ['its new index is lost while it is filled', 'write 2', lose(2)],
    ['its new index is lost before it serves', 'changeOver', lose(2)],
    ['the engine is away for a moment', 'write 2', () => new UnavailableFault('away')],
    ['the engine is away at the change-over', 'changeOver', () => new UnavailableFault('away')],
    ['no index can be made', 'create', () => new UnavailableFault('away')],
    ['something nobody thought of goes wrong', 'write 2', () => new TypeError('a bug')],
  ] as const)
    it(`is made anew all the same when ${name}, and answers meanwhile`, async () => {
      const { clock, engine, projector } = projected();
      await clock.advance(200);
      engine.faults.set(what, () => fault(engine));
      const rebuilt = projector.rebuild();
      await clock.advance(50);
      assert.equal(projector.isFresh(), true);
      await clock.runUntil(rebuilt, 30_000);
      await clock.advance(200);
      assert.equal(engine.faults.size, 0);
      assert.ok((engine.serves() ?? 0) > 1);
      assert.deepEqual([...engine.held], [[engine.serves(), EVENTS]], 'nothing is left of what came to no end');
    });

  it('of which only the positions were lost is made anew when it is opened', async () => {
    const engine = engineInMemory();
    await engine.generations.changeOver(await engine.generations.create());
    engine.held.clear();
    const { clock } = projected(engine);
    await clock.advance(1_000);
    assert.deepEqual([...engine.held], [[engine.serves(), EVENTS]]);
  });
});
