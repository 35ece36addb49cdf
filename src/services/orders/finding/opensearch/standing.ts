import { UnavailableFault } from '../../../../platform/event-store/port.ts';
import type { Action, Fate, WriteBulk } from '../../../../platform/opensearch/bulk.ts';
import type { Engine } from '../../../../platform/opensearch/engine.ts';
import { accepted, type Generation } from '../../../../platform/opensearch/generations.ts';
import type { Positions, Storage } from '../../../../platform/storage/port.ts';
import type { Logger } from '../../../../platform/telemetry/port.ts';
import { documentOf, type OrderKinds } from './mapping.ts';
import { type Projected, projection, type ReadHistory } from './projection.ts';

/** The generation was dropped, or the engine has lost it. */
export class LostGeneration extends UnavailableFault {}

export interface StandingOptions {
  readonly log: Pick<Storage, 'readFeed' | 'heads'>;
  readonly readHistory: ReadHistory;
  readonly ask: Engine['ask'];
  readonly write: WriteBulk;
  readonly logger: Logger;
  /** Events of a partition that are read at once. */
  readonly batch: number;
}

/** A generation of the index, and how far it has followed the log. */
export interface Standing {
  readonly generation: Generation<OrderKinds>;
  /** Everything up to here is in it. */
  positions(): Positions;
  /** Follows the log a step further. True when more of it waits than one step takes. Throws a LostGeneration, or what the engine and the log throw. */
  step(): Promise<boolean>;
}

/**
 * Opens a generation where it stands. An order is written with the position of its last event as its version, so that neither a repetition
 * nor a writer that comes late puts anything older in the place of something newer; the positions follow once all is written.
 */
export async function openStanding(
  generation: Generation<OrderKinds>,
  partitions: number,
  { log, readHistory, ask, write, logger, batch }: StandingOptions,
): Promise<Standing> {
  const projected = projection(readHistory);
  let positions = await storedPositions(ask, generation.written.positions, partitions);

  async function checked(actions: readonly Action[]): Promise<readonly Fate[]> {
    if (actions.length === 0) return [];
    const fates = await write(actions);
    if (fates.some(({ kind }) => kind === 'gone')) throw new LostGeneration(`${generation.written.orders} is no more`);
    return fates;
  }

  async function writeOrders(touched: readonly Projected[]): Promise<void> {
    const actions = touched.flatMap(({ orderId, position, summary, words }): Action[] =>
      summary === undefined
        ? []
        : [
            {
              ...{ kind: 'index', target: generation.written.orders, id: orderId, version: position },
              body: documentOf({ orderId, summary }, words),
            },
          ],
    );
    const fates = await checked(actions);
    for (const [at, fate] of fates.entries())
      if (fate.kind === 'refused')
        logger.error({ order: actions[at]?.id, reason: fate.reason }, 'the index of orders refuses an order');
  }

  return {
    generation,
    positions: () => positions,
    async step() {
      const events = await log.readFeed(positions, batch);
      if (events.length === 0) return false;
      const reached = [...positions];
      const met = positions.map(() => 0);
      for (const { partition, position } of events) {
        reached[partition] = Math.max(reached[partition] ?? 0, position);
        met[partition] = (met[partition] ?? 0) + 1;
      }
      await writeOrders(await projected.of(events));
      await checked(
        reached.flatMap((position, partition): Action[] =>
          position === positions[partition]
            ? []
            : [
                {
                  ...{ kind: 'index', target: generation.written.positions, id: String(partition), version: position },
                  body: { position },
                },
              ],
        ),
      );
      positions = reached;
      return met.some((count) => count >= batch);
    },
  };
}

async function storedPositions(ask: Engine['ask'], index: string, partitions: number): Promise<Positions> {
  const ids = Array.from({ length: partitions }, (_, partition) => String(partition));
  const answer = await ask({ method: 'POST', path: `/${index}/_mget`, body: { ids } });
  if (answer.status === 404) throw new LostGeneration(`${index} is no more`);
  const { docs } = accepted(answer).body as {
    readonly docs: readonly { readonly _source?: { readonly position: number } }[];
  };
  return ids.map((_, at) => docs[at]?._source?.position ?? 0);
}
