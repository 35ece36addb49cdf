import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { services } from '../src/composition/registry.ts';
import type { HeardEvent } from '../src/kernel/heard-event.ts';
import type { JsonObject } from '../src/kernel/json.ts';
import type { ViewDefinition } from '../src/kernel/view.ts';
import type { AnyAggregate } from '../src/platform/event-store/aggregate.ts';
import { upcast } from '../src/platform/event-store/upcast.ts';
import type { StoredEvent } from '../src/platform/storage/port.ts';

/**
 * Logs are kept for ever, so every version of an event that was ever written must be readable for ever. One copy of each lies
 * in `golden/<service>/<type>.v<version>.json`, with the copies that go before it on its stream. A copy is never changed or
 * removed: a new shape is a new version, with an upcaster and a copy of its own.
 */
interface Golden {
  readonly after: readonly string[];
  readonly data: JsonObject;
}

const folder = join(import.meta.dirname, 'golden');
const definitions = await Promise.all(Object.values(services).map((load) => load()));

function copyOf(service: string, name: string): Golden {
  return JSON.parse(readFileSync(join(folder, service, `${name}.json`), 'utf8')) as Golden;
}

/** A copy and what goes before it, as they would stand in a log. */
function storedOf(service: string, name: string): StoredEvent[] {
  const { after, data } = copyOf(service, name);
  const told = [...after.map((each) => [each, copyOf(service, each).data] as const), [name, data] as const];
  return told.map(([copy, of], index) => {
    const [type = '', version] = copy.split('.v');
    const place = { partition: 0, position: index + 1, stream: 'golden/1', version: index + 1, at: 1_000 + index };
    return { ...place, type, schemaVersion: Number(version), data: of, metadata: {} };
  });
}

function folded(view: ViewDefinition, events: readonly StoredEvent[]): Map<string, JsonObject> {
  const documents = new Map<string, JsonObject>();
  for (const { type, version, at, partition, position, metadata, data } of events) {
    if (!view.types.includes(type)) continue;
    const heard: HeardEvent = { source: '', subject: '1', type, version, at, partition, position, metadata, data };
    for (const key of view.keysOf(heard)) {
      const document = view.apply(documents.get(key), heard, key);
      if (document === null) documents.delete(key);
      else if (document !== undefined) documents.set(key, document);
    }
  }
  return documents;
}

const wanted = (aggregates: readonly AnyAggregate[]) =>
  aggregates.flatMap(({ events }) =>
    Object.entries(events).flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, index) => `${type}.v${index + 1}`),
    ),
  );

for (const { contract, aggregates, views } of definitions) {
  const names = wanted(aggregates);
  describe(`the events of ${contract.service}`, { skip: names.length === 0 }, () => {
    test('have a copy of every version each, and no copy is of a version that has been forgotten', () => {
      const kept = readdirSync(join(folder, contract.service)).map((file) => file.replace(/\.json$/, ''));
      assert.deepEqual(kept.sort(), [...names].sort());
    });

    test('that leave are written as the contract says', () => {
      for (const [type, { version, upcasters = {} }] of Object.entries(contract.events)) {
        const written = aggregates.map(({ events }) => events[type]).find((schema) => schema !== undefined);
        assert.deepEqual(
          { version: written?.version, upcasters: Object.keys(written?.upcasters ?? {}) },
          { version, upcasters: Object.keys(upcasters) },
          type,
        );
      }
    });

    for (const name of names) {
      test(`${name} is read and understood`, () => {
        const [type = ''] = name.split('.v');
        const aggregate = aggregates.find(({ events }) => Object.hasOwn(events, type));
        assert.ok(aggregate !== undefined);
        const events = storedOf(contract.service, name).map((event) => upcast(aggregate.events, event));
        const { initial, evolve } = aggregate.decider;
        const before = events.slice(0, -1).reduce(evolve, initial);
        assert.notDeepEqual(evolve(before, events.at(-1)), before, 'the event changed nothing');

        for (const view of views) {
          if (!view.types.includes(type)) continue;
          assert.notDeepEqual(folded(view, events), folded(view, events.slice(0, -1)), `${view.name} did not see it`);
        }
        const promised = contract.events[type];
        if (promised === undefined) return;
        const schema = Compile(promised.data as TSchema);
        const data = events.at(-1)?.data;
        assert.ok(schema.Check(data), JSON.stringify(schema.Errors(data)));
      });
    }
  });
}
