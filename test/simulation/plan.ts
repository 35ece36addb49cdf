import { type Chance, chanceOf } from './chance.ts';
import { drawFaults, type Fault } from './fault-plan.ts';

/** Everything that a run was drawn to be, as data: parts of it can be left out, and the rest runs as before. */
export interface Plan {
  readonly seed: number;
  /** How long people and faults go on, in virtual ms; then everything must settle. */
  readonly activeMs: number;
  /** How long a checkout waits for its partners, in ms. */
  readonly deadlines: { readonly reservationMs: number; readonly paymentMs: number; readonly marginMs: number };
  /** How many entries a cache of the shop holds. */
  readonly cacheEntries: number;
  /** Pieces on hand at the start, by SKU. */
  readonly stock: Readonly<Record<string, number>>;
  readonly actions: readonly Action[];
  readonly faults: readonly Fault[];
}

interface At {
  /** In ms after the start. */
  readonly at: number;
  /** Unique in its plan; it names the action's own chance and its idempotency keys. */
  readonly id: string;
}

export interface Shopping extends At {
  readonly kind: 'shop';
  /** Shoppers come back: the same number is the same person. */
  readonly shopper: number;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  /** Changes of a cart's lines after they were put in. */
  readonly edits: readonly { readonly kind: 'change' | 'remove'; readonly line: number; readonly quantity: number }[];
  readonly card: string;
  /** How often checkout is pressed, each with this pause after the one before, in ms. */
  readonly checkouts: number;
  readonly pauseMs: number;
  readonly sameKey: boolean;
  readonly waitMs: number;
  /** Pays with another card when the first one was declined. */
  readonly secondCard: boolean;
  /** Cancels so long after the first answer, in ms. */
  readonly cancelAfterMs?: number;
  /** Takes the lines of another open cart of the same shopper in before buying. */
  readonly merges: boolean;
}

/** Fills a cart without idempotency keys, each line asked for once, and buys nothing. */
export interface Browsing extends At {
  readonly kind: 'browse';
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** `pick` (0 to 1) chooses among what there is at the time. */
export type Action =
  | Shopping
  | Browsing
  | (At & { readonly kind: 'ship'; readonly pick: number; readonly partly: boolean })
  | (At & { readonly kind: 'cancel'; readonly pick: number; readonly partly: boolean })
  | (At & { readonly kind: 'refund'; readonly pick: number })
  | (At & { readonly kind: 'count'; readonly sku: string; readonly onHand: number; readonly location: string })
  | (At & { readonly kind: 'price'; readonly sku: string; readonly amount: number })
  | (At & { readonly kind: 'erase'; readonly pick: number })
  | (At & { readonly kind: 'retryCases' })
  | (At & { readonly kind: 'rebuild'; readonly pick: number });

export const SKUS = ['APPLE', 'BREAD', 'CHAIR', 'DRUM', 'EGG'] as const;
export const LOCATIONS = ['main', 'annex'] as const;

/** The plan of a seed. */
export function planOf(seed: number): Plan {
  const chance = chanceOf(seed, 'plan');
  const activeMs = chance.one([5_000, 20_000, 60_000]);
  const hurried = chance.happens(0.7);
  const deadlines = hurried
    ? { reservationMs: 4_000, paymentMs: chance.whole(3_000, 10_000), marginMs: 5_000 }
    : { reservationMs: 600_000, paymentMs: 3_600_000, marginMs: 900_000 };
  const stock = Object.fromEntries(SKUS.map((sku) => [sku, chance.one([2, 8, 30, 100, 100])]));
  const count = chance.whole(8, 28);
  const drawn = Array.from({ length: count }, (_, index) => drawAction(chance, `a${index}`, activeMs));
  const actions = chance.happens(0.4) ? rushed(chance, drawn, activeMs) : drawn;
  return {
    seed,
    activeMs,
    deadlines,
    stock,
    cacheEntries: chanceOf(seed, 'caches').one([1, 5, 100]),
    actions: [...actions, ...drawBrowsing(chanceOf(seed, 'browsers'), activeMs)].sort((a, b) => a.at - b.at),
    faults: drawFaults(chanceOf(seed, 'faults'), activeMs),
  };
}

function drawBrowsing(chance: Chance, activeMs: number): Browsing[] {
  return Array.from({ length: chance.whole(1, 3) }, (_, index) => ({
    kind: 'browse',
    at: chance.between(0, activeMs * 0.8),
    id: `b${index}`,
    lines: Array.from({ length: chance.whole(2, 8) }, () => ({ sku: chance.one(SKUS), quantity: chance.whole(1, 3) })),
  }));
}

/** Everybody comes to buy at the same few moments. */
function rushed(chance: Chance, actions: readonly Action[], activeMs: number): Action[] {
  const moments = Array.from({ length: chance.whole(1, 2) }, () => chance.between(0, activeMs * 0.5));
  return actions.map((action) =>
    action.kind === 'shop' ? { ...action, at: chance.one(moments) + chance.between(0, 3) } : action,
  );
}

const KINDS = [
  ...(['shop', 'shop', 'shop', 'shop', 'shop', 'shop', 'ship', 'ship', 'ship', 'ship', 'ship'] as const),
  ...(['cancel', 'cancel', 'refund', 'other', 'other'] as const),
];
const OTHERS = ['count', 'price', 'erase', 'retryCases', 'rebuild'] as const;
const CARDS = ['tok_visa', 'tok_visa', 'tok_visa', 'tok_visa', 'tok_declined'];

function drawAction(chance: Chance, id: string, activeMs: number): Action {
  const drawn = chance.one(KINDS);
  const kind = drawn === 'other' ? chance.one(OTHERS) : drawn;
  // Whoever needs orders to act on comes later.
  const at = kind === 'shop' ? chance.between(0, activeMs * 0.8) : chance.between(activeMs * 0.2, activeMs);
  const pick = chance.fraction();
  switch (kind) {
    case 'shop':
      return { kind, at, id, ...drawShopping(chance) };
    case 'ship':
    case 'cancel':
      return { kind, at, id, pick, partly: chance.happens(0.5) };
    case 'refund':
    case 'rebuild':
    case 'erase':
      return { kind, at, id, pick };
    case 'count':
      return { kind, at, id, sku: chance.one(SKUS), onHand: chance.whole(0, 20), location: chance.one(LOCATIONS) };
    case 'price':
      return { kind, at, id, sku: chance.one(SKUS), amount: chance.whole(1, 5_000) };
    case 'retryCases':
      return { kind, at, id };
  }
}

function drawShopping(chance: Chance) {
  const lines = Array.from({ length: chance.whole(1, 3) }, () => ({
    sku: chance.one(SKUS),
    quantity: chance.whole(1, 3),
  }));
  const edits = Array.from({ length: chance.one([0, 0, 1, 2]) }, () => ({
    kind: chance.one(['change', 'remove'] as const),
    line: chance.whole(0, lines.length - 1),
    quantity: chance.whole(1, 4),
  }));
  return {
    shopper: chance.whole(0, 4),
    lines,
    edits,
    card: chance.one(CARDS),
    checkouts: chance.one([1, 1, 2, 3]),
    pauseMs: chance.one([0, 2, 50, 3_000]),
    sameKey: chance.happens(0.5),
    waitMs: chance.one([0, 2_000, 20_000]),
    secondCard: chance.happens(0.7),
    merges: chance.happens(0.1),
    ...(chance.happens(0.2) ? { cancelAfterMs: chance.one([0, 20, 5_000]) } : {}),
  };
}
