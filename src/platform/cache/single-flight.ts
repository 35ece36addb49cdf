/** Asks once for all who want the same key at the same time, so that a hot key that has just gone is not loaded a thousand times. */
export interface SingleFlight {
  /** Joins the flight of `key`, or begins one; `load` may ask whether its answer is still wanted. A failure fails all who joined. */
  run<Value>(key: string, load: (isWanted: () => boolean) => Promise<Value>): Promise<Value>;
  /** Whoever comes from now on is not given what was begun before. */
  forget(key: string): void;
}

/** One flight a key, in this process. */
export function singleFlight(): SingleFlight {
  const flights = new Map<string, Promise<unknown>>();
  return {
    run<Value>(key: string, load: (isWanted: () => boolean) => Promise<Value>): Promise<Value> {
      const joined = flights.get(key);
      if (joined !== undefined) return joined as Promise<Value>;
      const isWanted = () => flights.get(key) === flight;
      // Begins a moment later, so that it can be asked about before it has an answer.
      const flight: Promise<Value> = Promise.resolve()
        .then(() => load(isWanted))
        .finally(() => {
          if (isWanted()) flights.delete(key);
        });
      flights.set(key, flight);
      return flight;
    },
    forget: (key) => void flights.delete(key),
  };
}
