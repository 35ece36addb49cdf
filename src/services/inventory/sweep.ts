import { intent } from '../../platform/event-store/aggregate.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { EXPIRED_PER_EVENT } from './decide.ts';
import { removed, reservationsDue, skuOfMark } from './due.ts';
import { stock } from './stock.aggregate.ts';
import { expiredOrders } from './stock.ts';

const MARKS_PER_SWEEP = 200;
const SWEEP_EVERY_MS = 10_000;
/** Marks outlive their minute a little, so that no process with a slower clock adds to a minute already swept. */
const GRACE_MS = 5_000;

type SweepKit = Pick<ServiceKit, 'store' | 'documents' | 'clock' | 'logger'>;

/** Gives back what has run out: a bounded number of SKUs a time. Answers whether more may be waiting. */
export async function sweep(kit: SweepKit, lowStockAt: number): Promise<boolean> {
  const due = await kit.documents.query({
    collection: reservationsDue,
    generation: 0,
    where: {},
    range: { field: 'due_at', below: kit.clock.now() - GRACE_MS },
    order: 'ascending',
    limit: MARKS_PER_SWEEP,
  });
  for (const { key } of due) await expireAll(kit, key, lowStockAt);
  return due.length === MARKS_PER_SWEEP;
}

/** Sweeps again and again until the returned function is called, which waits for a sweep under way. */
export function keepSweeping(kit: SweepKit, lowStockAt: number): () => Promise<void> {
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let cancel = () => {};
  const later = (delayMs: number) => {
    if (stopped) return;
    cancel = kit.clock.after(delayMs, () => {
      underWay = sweep(kit, lowStockAt)
        .catch((error) => {
          kit.logger.warn({ err: error }, 'reservations that ran out could not be given back; tried again later');
          return false;
        })
        .then((more) => later(more ? 0 : SWEEP_EVERY_MS));
    });
  };
  later(SWEEP_EVERY_MS);
  return async () => {
    stopped = true;
    cancel();
    await underWay;
  };
}

async function expireAll(kit: SweepKit, mark: string, lowStockAt: number): Promise<void> {
  const sku = skuOfMark(mark);
  const now = kit.clock.now();
  const { state } = await kit.store.load(stock, sku);
  let left = expiredOrders(state, now, Number.POSITIVE_INFINITY).length;
  while (left > 0) {
    await kit.store.decide({ intents: [intent(stock, sku, { kind: 'expire', sku, now, lowStockAt })] });
    left -= EXPIRED_PER_EVENT;
  }
  await kit.store.decide({ intents: [], documents: [removed(mark)] });
}
