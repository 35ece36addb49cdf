import type { Chance } from './chance.ts';

interface During {
  readonly id: string;
  /** In ms after the start. */
  readonly from: number;
  readonly until: number;
}

/** A service's storage misbehaves; shares from 0 to 1. */
export interface StorageFault extends During {
  readonly kind: 'storage';
  readonly service: string;
  /** Nothing is written and the answer says so. */
  readonly unavailable: number;
  /** Nothing is written and the answer is lost. */
  readonly lostBefore: number;
  /** It is written and the answer is lost. */
  readonly lostAfter: number;
  /** The answer is lost while the transaction still runs, up to so many ms. */
  readonly late: number;
  readonly lateMs: number;
  readonly settleFails: number;
  readonly readFails: number;
}

/** Calls to a service misbehave. */
export interface CallFault extends During {
  readonly kind: 'call';
  readonly service: string;
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly twice: number;
  /** The request arrives, up to so many ms later, when nobody waits for its answer any more. */
  readonly late: number;
  readonly lateMs: number;
}

/** Deliveries to a subscription misbehave; `group` as the bus knows it. */
export interface BusFault extends During {
  readonly kind: 'bus';
  readonly group: string;
  readonly lost: number;
  /** Handled, and then told that it was not. */
  readonly ackLost: number;
  readonly twice: number;
  /** In two halves, the keys of different partitions in another order. */
  readonly split: number;
}

export type Fault =
  | StorageFault
  | CallFault
  | BusFault
  /** Every answer of a service's storage takes so much longer. */
  | (During & { readonly kind: 'slow'; readonly service: string; readonly ms: number })
  /** A subscription hears nothing. */
  | (During & { readonly kind: 'lag'; readonly group: string })
  /** The handlers of a subscription throw for this share of the subjects. */
  | (During & { readonly kind: 'poison'; readonly group: string; readonly share: number })
  /** What passes between people and the shop is lost. */
  | (During & { readonly kind: 'client'; readonly lostRequest: number; readonly lostAnswer: number })
  /** The process dies, at a time or at a commit of a service; another comes up `downMs` later. */
  | {
      readonly id: string;
      readonly kind: 'crash';
      readonly when:
        | { readonly at: number }
        | { readonly service: string; readonly commit: number; readonly written: boolean };
      readonly downMs: number;
    }
  /** The process stands still; another one is started beside it. It wakes up, and one of the two is killed a while later. */
  | {
      readonly id: string;
      readonly kind: 'pause';
      readonly at: number;
      readonly ms: number;
      readonly killedAfterMs: number;
      readonly survivor: 'first' | 'second';
    }
  /** The process is stopped in good order and another one is started. */
  | { readonly id: string; readonly kind: 'deploy'; readonly at: number }
  /** The machine is suspended: time passes at once. */
  | { readonly id: string; readonly kind: 'sleep'; readonly at: number; readonly ms: number };

export const SERVICES = ['catalog', 'inventory', 'cart', 'orders', 'payments', 'shipping'] as const;
const STORED = [...SERVICES, 'inventory', 'orders', 'payments', 'keyring'] as const;
const CALLED = ['inventory', 'payments', 'orders', 'shipping', 'card-processor', 'card-processor', 'carrier'] as const;
export const GROUPS = [
  'catalog.availability',
  'inventory.orders',
  'cart.cancelled-orders',
  'orders.deliveries',
  'payments.orders',
  'shipping.orders',
  'search.availability',
] as const;
const DAY_MS = 24 * 3_600_000;

/** Draws what goes wrong: in one run of ten nothing does, in the others a few things at a time. */
export function drawFaults(chance: Chance, activeMs: number): readonly Fault[] {
  if (chance.happens(0.1)) return [];
  const count = chance.whole(1, 7);
  const faults = Array.from({ length: count }, (_, index) => drawFault(chance, `f${index}`, activeMs));
  return chance.happens(0.5) ? [...faults, processorFault(chance, activeMs)] : faults;
}

/** The card processor is where a lost answer costs most. */
function processorFault(chance: Chance, activeMs: number): CallFault {
  const from = chance.between(0, activeMs * 0.3);
  const until = Math.min(activeMs, from + chance.between(0.4, 1) * activeMs);
  const share = () => chance.one([0, 0.3, 0.6, 1]);
  return {
    ...{ kind: 'call', id: 'processor', service: 'card-processor', from, until, lostRequest: share() / 2 },
    ...{ lostAnswer: share(), twice: share(), late: share() / 2, lateMs: chance.one([500, 8_000, 40_000]) },
  };
}

const KINDS = [
  ...['storage', 'storage', 'storage', 'call', 'call', 'call', 'bus', 'bus', 'slow', 'lag', 'poison', 'client'],
  ...['crash', 'crash', 'crash', 'crash', 'pause', 'pause', 'deploy', 'sleep'],
] as const;

function drawFault(chance: Chance, id: string, activeMs: number): Fault {
  const kind = chance.one(KINDS) as Fault['kind'];
  const at = chance.between(0, activeMs);
  const during = { id, from: at * 0.7, until: Math.min(activeMs, at * 0.7 + chance.between(200, activeMs)) };
  const share = () => chance.one([0, 0, 0.1, 0.3, 0.6]);
  switch (kind) {
    case 'storage':
      return {
        ...{ kind, ...during, service: chance.one(STORED), unavailable: share(), lostBefore: share() },
        ...{ lostAfter: share(), late: share(), lateMs: chance.one([5, 50, 3_000]) },
        ...{ settleFails: share(), readFails: share() },
      };
    case 'call':
      return {
        ...{ kind, ...during, service: chance.one(CALLED), lostRequest: share(), lostAnswer: share() },
        ...{ twice: share(), late: share(), lateMs: chance.one([20, 2_000, 30_000]) },
      };
    case 'bus':
      return {
        kind,
        ...during,
        group: chance.one(GROUPS),
        lost: share(),
        ackLost: share(),
        twice: share(),
        split: share(),
      };
    case 'slow':
      return { kind, ...during, service: chance.one(STORED), ms: chance.one([20, 200, 2_000]) };
    case 'lag':
      return { kind, ...during, group: chance.one(GROUPS) };
    case 'poison':
      return { kind, ...during, group: chance.one(GROUPS), share: chance.one([0.3, 1]) };
    case 'client':
      return { kind, ...during, lostRequest: share(), lostAnswer: share() };
    case 'crash': {
      const commit = { service: chance.one(STORED), commit: chance.whole(1, 40), written: chance.happens(0.6) };
      return { kind, id, when: chance.happens(0.5) ? { at } : commit, downMs: chance.one([1, 500, 5_000]) };
    }
    case 'pause':
      return {
        ...{ kind, id, at, ms: chance.one([1_000, 11_000, 25_000]), killedAfterMs: chance.one([500, 8_000]) },
        survivor: chance.one(['first', 'second']),
      };
    case 'deploy':
      return { kind, id, at };
    case 'sleep':
      return { kind, id, at, ms: chance.one([30_000, 2 * 3_600_000, 3 * DAY_MS]) };
  }
}
