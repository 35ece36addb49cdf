/** Too many wait already. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

/** Lets `concurrent` works run at a time and `queued` wait, first come, first served. Rejects one more with NoTurn. */
export function turns(limits: { readonly concurrent: number; readonly queued: number }) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (running < limits.concurrent) running += 1;
    else {
      if (waiting.length >= limits.queued) throw new NoTurn();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      // The place is handed over; it is never free in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
