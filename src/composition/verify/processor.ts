import type { cardProcessor } from '../../contracts/card-processor.ts';
import type { Client } from '../../kernel/contract.ts';
import { fold } from '../../kernel/decider.ts';
import { streamOf } from '../../platform/event-store/aggregate.ts';
import { upcast } from '../../platform/event-store/upcast.ts';
import type { Storage, StoredEvent } from '../../platform/storage/port.ts';
import { type CompareKit, compareBooks, UnreadableReport } from '../../services/payments/compare-books.ts';
import { sentenceOf } from '../../services/payments/difference.ts';
import { payment } from '../../services/payments/payment.aggregate.ts';
import type { PaymentEvent } from '../../services/payments/payment.ts';
import { dayOf } from '../../services/payments/reconcile.ts';
import { type Verdict, verdict } from './finding.ts';

/** What only says when something was booked, or how long a card has waited, is for the reconciliation of the day. */
const NO_DAMAGE = new Set(['wrong_day', 'held_past_expiry']);
const NEVER_DAYS = 36_500;

/**
 * The processor's book holds each movement of our payments once, with its amount, and no other. Says so when the processor or its
 * report is out of reach: that is no damage.
 */
export async function verifyProcessor(
  storage: Storage,
  processor: Client<typeof cardProcessor>,
  say: (line: string) => void,
): Promise<Verdict> {
  const { looked, violated, result } = verdict('the card processor has booked each movement once, as the payments say');
  const [first] = await storage.readFeed(
    (await storage.heads()).map(() => 0),
    1,
  );
  if (first === undefined) return result();
  const now = Date.now();
  const period = { from: dayOf(first.at), to: dayOf(now), graceMs: 0, until: now };
  const progress = { lines: 0, movements: 0 };
  try {
    const differences = await compareBooks(readingKit(storage, processor), period, NEVER_DAYS, progress);
    looked(progress.movements);
    for (const difference of differences) if (!NO_DAMAGE.has(difference.kind)) violated(sentenceOf(difference));
  } catch (fault) {
    if (fault instanceof UnreadableReport) violated(fault.message);
    else say(`The card processor's book was not compared: ${(fault as Error).message}.`);
  }
  return result();
}

/** What a comparison reads, from a database that no store is open on. */
function readingKit(storage: Storage, processor: Client<typeof cardProcessor>): CompareKit {
  const history = async (orderId: string): Promise<readonly StoredEvent[]> => {
    const stream = streamOf(payment, orderId);
    const found = await storage.readStreams([{ stream, afterVersion: 0 }]);
    return (found.get(stream) ?? []).map((event) => upcast(payment.events, event));
  };
  const store = {
    history: (_: unknown, orderId: string) => history(orderId),
    async load(_: unknown, orderId: string) {
      const events = (await history(orderId)) as unknown as readonly PaymentEvent[];
      return { state: fold(payment.decider, events), version: events.length };
    },
  };
  return { ownLog: storage, store: store as unknown as CompareKit['store'], client: (() => processor) as never };
}
