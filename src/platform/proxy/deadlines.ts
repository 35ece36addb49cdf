import type { Clock } from '../clock/port.ts';

/** Something that must not last. */
export interface Bounded {
  /** In ms since 1970; infinity while nothing is due. */
  readonly dueAt: number;
  /** Called once that is past, and again later unless it changes. */
  onDue(): void;
}

/** How long somebody may be overdue before that is seen, in ms. */
const LOOK_MS = 500;

/**
 * Deadlines of many, of which hardly one is ever met: a time in a field and a look at all of them now and then cost less than a timer
 * for each. What is due sooner than the next look is looked at in time.
 */
export class Deadlines {
  readonly #clock: Clock;
  readonly #all = new Set<Bounded>();
  #cancel: (() => void) | undefined;
  #nextLook = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(each: Bounded): void {
    this.#all.add(each);
  }

  remove(each: Bounded): void {
    this.#all.delete(each);
  }

  /** When what may last `ms` from now is due. */
  in(ms: number): number {
    const now = this.#clock.now();
    const dueAt = now + ms;
    if (dueAt < this.#nextLook) this.#look(now, Math.min(ms + 1, LOOK_MS));
    return dueAt;
  }

  #look(now: number, inMs: number): void {
    if (now + inMs >= this.#nextLook) return;
    this.#cancel?.();
    this.#nextLook = now + inMs;
    this.#cancel = this.#clock.after(inMs, () => {
      this.#nextLook = Number.POSITIVE_INFINITY;
      const now = this.#clock.now();
      for (const each of this.#all) if (each.dueAt <= now) each.onDue();
      if (this.#all.size > 0) this.#look(now, LOOK_MS);
    });
  }
}
