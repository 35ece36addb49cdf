import { unknown } from '../../kernel/outcome.ts';
import type { Clock } from '../clock/port.ts';
import type { Policy } from './port.ts';

export type CircuitState = 'closed' | 'open' | 'half_open';

/** As the gauge of breakers tells it. */
export function breakerValue(state: CircuitState): number {
  return { closed: 0, half_open: 1, open: 2 }[state];
}

export interface CircuitOptions {
  /** Opens when at least `minimumCalls` of the last `windowMs` came to an end and this share of them was unknown. */
  readonly failureRatio: number;
  readonly minimumCalls: number;
  readonly windowMs: number;
  /** How long it stays open before one probe is let through. */
  readonly openMs: number;
  readonly onChange?: (state: CircuitState) => void;
}

export interface CircuitBreaker {
  readonly policy: Policy;
  state(): CircuitState;
}

const SLOTS = 10;

/**
 * Stops asking a neighbour that does not answer: open, it answers `unknown: circuit_open` at once; after `openMs` one
 * probe decides whether it closes. Rejections are answers, not failures; so is `circuit_open` from behind it: the neighbour is
 * well and spares one of its own, and two breakers in a row need not find their good moment together. (Nygard, "Release It!", 2007.)
 */
export function circuitBreaker(clock: Clock, options: CircuitOptions): CircuitBreaker {
  const slotMs = options.windowMs / SLOTS;
  const slots = Array.from({ length: SLOTS }, () => ({ id: -1, calls: 0, failures: 0 }));
  let state: CircuitState = 'closed';
  let openedAt = 0;
  let probing = false;

  const become = (next: CircuitState) => {
    if (state === next) return;
    state = next;
    options.onChange?.(next);
  };
  const open = () => {
    openedAt = clock.now();
    become('open');
  };
  const record = (failed: boolean) => {
    const id = Math.floor(clock.now() / slotMs);
    const slot = slots[id % SLOTS] as (typeof slots)[number];
    if (slot.id !== id) Object.assign(slot, { id, calls: 0, failures: 0 });
    slot.calls += 1;
    if (failed) slot.failures += 1;
    if (!failed) return;
    const recent = slots.filter((each) => each.id > id - SLOTS);
    const calls = recent.reduce((total, each) => total + each.calls, 0);
    const failures = recent.reduce((total, each) => total + each.failures, 0);
    if (calls >= options.minimumCalls && failures >= calls * options.failureRatio) open();
  };
  const forget = () => {
    for (const slot of slots) slot.id = -1;
  };

  const policy: Policy = (next) => async (request, context) => {
    if (state === 'open' && clock.now() - openedAt >= options.openMs) become('half_open');
    if (state === 'open' || (state === 'half_open' && probing)) return unknown('circuit_open');
    const isProbe = state === 'half_open';
    if (isProbe) probing = true;
    const outcome = await next(request, context);
    const failed = outcome.kind === 'unknown' && outcome.reason !== 'circuit_open';
    if (isProbe) {
      probing = false;
      if (failed) open();
      else {
        forget();
        become('closed');
      }
    } else if (state === 'closed') record(failed);
    return outcome;
  };
  return { policy, state: () => state };
}
