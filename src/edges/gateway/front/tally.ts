/** What happened to the requests of one route, counted since the process began. */
export interface Tally {
  /** Turned away because there was too much to do. */
  shed: number;
  /** Turned away because the client asked too often. */
  limited: number;
  /** Sent once more, because nobody had answered. */
  repeated: number;
  /** Sent once more, because the answer took long. */
  hedged: number;
  mirrored: number;
  /** Met a fault that was made on purpose. */
  drilled: number;
}

/** Counts by route template; a changed table goes on counting where the old one stopped. */
export interface Tallies {
  of(template: string): Tally;
  all(): Iterable<readonly [template: string, tally: Tally]>;
}

/** Counts of one process, from zero. */
export function tallies(): Tallies {
  const kept = new Map<string, Tally>();
  return {
    of(template) {
      let tally = kept.get(template);
      if (tally === undefined) {
        tally = { shed: 0, limited: 0, repeated: 0, hedged: 0, mirrored: 0, drilled: 0 };
        kept.set(template, tally);
      }
      return tally;
    },
    all: () => kept,
  };
}
