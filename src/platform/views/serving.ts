import type { ViewDefinition } from '../../kernel/view.ts';
import { ConflictFault, type EventStore } from '../event-store/port.ts';
import type { PositionAdvance, Storage } from '../storage/port.ts';
import {
  firstGenerations,
  flipped,
  type Generations,
  viewGenerations,
  withBuilding,
  writeGenerations,
} from './records.ts';

/** The record of which generation serves; every change is a compare-and-set. */
export interface GenerationsRecord {
  now(): Generations;
  reload(): Promise<void>;
  /** Changes it; from its newest state, when somebody else has changed it meanwhile. */
  change(change: (generations: Generations) => Generations): Promise<Generations>;
  /** Begins a new generation of the view's version; one that is being built is given up. */
  begin(): Promise<Generations>;
  /** Makes the one that was built serve, in one commit with its position. Throws a ConflictFault when it was given up. */
  flip(position: PositionAdvance): Promise<void>;
}

const CONFLICTS = 20;

/** Reads the record of a view; writes it when the view is new. */
export async function generationsRecord(
  view: ViewDefinition,
  store: Pick<EventStore, 'decide'>,
  storage: Pick<Storage, 'documents'>,
): Promise<GenerationsRecord> {
  let generations = firstGenerations(view.version);
  let version = 0;

  async function reload(): Promise<void> {
    const found = (await storage.documents(viewGenerations, 0, [view.name])).get(view.name);
    if (found === undefined) return;
    generations = found.body as unknown as Generations;
    version = found.version;
  }

  async function write(next: Generations, position?: PositionAdvance): Promise<Generations> {
    const documents = [writeGenerations(view.name, next, version)];
    await store.decide({ intents: [], documents, ...(position === undefined ? {} : { position }) });
    generations = next;
    version++;
    return next;
  }

  async function change(wanted: (generations: Generations) => Generations): Promise<Generations> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await write(wanted(generations));
      } catch (fault) {
        if (!(fault instanceof ConflictFault) || conflicts >= CONFLICTS) throw fault;
        await reload();
      }
    }
  }

  await reload();
  if (version === 0) await change((now) => now);
  return {
    now: () => generations,
    reload,
    change,
    begin: () => change((now) => withBuilding(now, view.version)),
    async flip(position) {
      if (generations.building?.generation !== position.generation)
        throw new ConflictFault(`generation ${position.generation} of ${view.name} was given up`);
      await write(flipped(generations), position);
    },
  };
}
