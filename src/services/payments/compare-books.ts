import { cardProcessor } from '../../contracts/card-processor.ts';
import type { Rejection } from '../../kernel/rejection.ts';
import { UnavailableFault } from '../../platform/event-store/port.ts';
import { upcast } from '../../platform/event-store/upcast.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { StoredEvent } from '../../platform/storage/port.ts';
import { type Difference, type Movement, movementOf } from './difference.ts';
import { eventsBetween } from './own-movements.ts';
import { payment } from './payment.aggregate.ts';
import { heldOf, type PaymentEvent } from './payment.ts';
import {
  type Booked,
  DAY_MS,
  dayOf,
  daysOf,
  isCompared,
  judgeOurs,
  judgeTheirs,
  type KnownPayment,
  keyOf,
  matching,
  type Period,
  startOfDay,
  windowOf,
} from './reconcile.ts';

export type CompareKit = Pick<ServiceKit, 'store' | 'client' | 'ownLog'>;

/** How far a comparison has come. */
export interface Progress {
  lines: number;
  movements: number;
}

/** The processor's report cannot be read; nothing of it was taken for true. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    super(rejection.detail);
    this.rejection = rejection;
  }
}

/** So many would say that the books have nothing to do with each other; it is what memory may hold as well. */
const MOST_UNMATCHED = 50_000;
const AT_ONCE = 32;

/**
 * Reads the ledger and the processor's reports of a period side by side and answers every difference between them. Throws an
 * UnreadableReport, an UnavailableFault when the processor or the storage is out of reach.
 */
export async function compareBooks(
  kit: CompareKit,
  period: Period,
  expiryDays: number,
  progress: Progress,
): Promise<readonly Difference[]> {
  const match = matching(period);
  const window = windowOf(period);
  const ours = ourPages(kit, window);
  const theirs = reportsOf(kit, daysOf(period));
  let our = await ours.next();
  let their = await theirs.next();
  while (!(our.done && their.done)) {
    const isOursTurn = their.done || (!our.done && our.value.upTo <= their.value.upTo);
    if (isOursTurn && !our.done) {
      for (const movement of our.value.items) match.ours(movement);
      progress.movements += our.value.items.length;
      our = await ours.next();
    } else if (!their.done) {
      for (const line of their.value.items) match.theirs(line);
      progress.lines += their.value.items.length;
      their = await theirs.next();
    }
    if (match.unmatched() > MOST_UNMATCHED)
      throw new UnreadableReport({
        code: 'report_unreadable',
        detail: `More than ${MOST_UNMATCHED} movements from ${period.from} to ${period.to} do not stand in both books: they are not of the same shop.`,
      });
  }
  const left = match.end();
  const judgedTheirs = await inBatches(left.theirs, async (line) =>
    judgeTheirs(line, await knownPayment(kit, line), period),
  );
  const waiting = left.ours.filter(({ at }) => isCompared(at, period));
  const elsewhere = await nextDoor(kit, waiting, period);
  const judgedOurs = waiting.flatMap((movement) => judgeOurs(movement, elsewhere.get(keyOf(movement)), period));
  const expired = await heldPastExpiry(kit, period, expiryDays);
  return [...left.differences, ...judgedTheirs, ...judgedOurs, ...expired];
}

interface BookPage<Item> {
  readonly items: readonly Item[];
  readonly upTo: number;
}

async function* ourPages(
  { ownLog }: Pick<CompareKit, 'ownLog'>,
  { from, below }: { readonly from: number; readonly below: number },
): AsyncGenerator<BookPage<Movement>> {
  for await (const { events, upTo } of eventsBetween(ownLog, from, below)) {
    const items = events.flatMap((event) => {
      const movement = event.stream.startsWith(`${payment.name}/`) ? movementOf(read(event)) : undefined;
      return movement !== undefined && movement.at >= from && movement.at < below ? [movement] : [];
    });
    yield { items, upTo };
  }
}

async function* reportsOf(
  { client }: Pick<CompareKit, 'client'>,
  days: readonly string[],
): AsyncGenerator<BookPage<Booked>> {
  const processor = client(cardProcessor);
  for (const day of days) {
    for (let after: string | undefined; ; ) {
      const outcome = await processor.report(after === undefined ? { day } : { day, after });
      if (outcome.kind === 'unknown')
        throw new UnavailableFault(`the card processor's report of ${day} is out of reach: ${outcome.reason}`);
      if (outcome.kind === 'rejected')
        throw new UnreadableReport({ ...outcome.rejection, extra: { ...outcome.rejection.extra, day } });
      const { lines, next } = outcome.answer;
      yield { items: lines.map((line) => ({ ...line, day })), upTo: lines.at(-1)?.at ?? startOfDay(day) };
      if (next === undefined) break;
      after = next;
    }
  }
}

/** What our log and the processor know of the payment of a line. */
async function knownPayment({ store, client }: CompareKit, line: Booked): Promise<KnownPayment> {
  const history = await store.history(payment, line.authorisation);
  const movements = history.flatMap((event) => movementOf(event as unknown as PaymentEvent) ?? []);
  const barred = history.some(({ type }) => type === 'AuthorisationBarred');
  if (!barred) return { movements, barred, stillHeld: 0 };
  const standing = await client(cardProcessor).authorisation({ reference: line.authorisation });
  if (standing.kind !== 'done')
    throw new UnavailableFault(`the card processor does not say how ${line.authorisation} stands`);
  const { status, amount, captured, voided } = standing.answer;
  return { movements, barred, stillHeld: status === 'authorised' ? amount - captured - voided : 0 };
}

/** The lines of movements that were not found, in the reports of the days before and after. */
async function nextDoor(
  kit: CompareKit,
  waiting: readonly Movement[],
  period: Period,
): Promise<ReadonlyMap<string, Booked>> {
  const found = new Map<string, Booked>();
  if (waiting.length === 0) return found;
  const wanted = new Set(waiting.map(keyOf));
  const all = daysOf(period, 1);
  for await (const { items } of reportsOf(kit, [all[0] ?? period.from, all.at(-1) ?? period.to]))
    for (const line of items) if (wanted.has(keyOf(line))) found.set(keyOf(line), line);
  return found;
}

/** Authorisations that ran out on a day of the period and of which something is still held. */
async function heldPastExpiry(kit: CompareKit, period: Period, expiryDays: number): Promise<readonly Difference[]> {
  const shift = expiryDays * DAY_MS;
  const from = startOfDay(period.from) - shift;
  const below = Math.min(startOfDay(period.to) + DAY_MS, period.until) - shift;
  const differences: Difference[] = [];
  for await (const { items } of ourPages(kit, { from, below })) {
    const authorised = items.filter(({ kind }) => kind === 'authorisation');
    const held = await inBatches(authorised, async ({ kind, reference, authorisation, currency, at }) => {
      const amount = heldOf((await kit.store.load(payment, authorisation)).state);
      if (amount <= 0) return [];
      const day = dayOf(at + shift);
      const ours = { amount, currency, at };
      return [{ kind: 'held_past_expiry' as const, movement: kind, reference, orderId: authorisation, day, ours }];
    });
    differences.push(...held);
  }
  return differences;
}

async function inBatches<Item, Answer>(
  items: readonly Item[],
  each: (item: Item) => Promise<readonly Answer[]>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const batch = await Promise.all(items.slice(from, from + AT_ONCE).map(each));
    for (const answer of batch) answers.push(...answer);
  }
  return answers;
}

function read(event: StoredEvent): PaymentEvent {
  return upcast(payment.events, event) as unknown as PaymentEvent;
}
