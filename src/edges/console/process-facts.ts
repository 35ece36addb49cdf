/** What the console is told of the process and its parts as they are now; composition reads them. */
export interface Counters {
  /** Requests answered since the start: by route template, with the service that answers it where one does. */
  readonly requests: readonly {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly service?: string;
    /** How many fell into each bucket of `bounds`; one more has no bound. */
    readonly buckets: readonly number[];
  }[];
  /** The upper bounds of the buckets, in seconds. */
  readonly bounds: readonly number[];
  readonly calls: readonly {
    readonly from: string;
    readonly to: string;
    readonly asked: number;
    readonly unknown: number;
    readonly rejected: number;
  }[];
  readonly heard: readonly { readonly source: string; readonly service: string; readonly events: number }[];
  readonly committed: readonly { readonly service: string; readonly type: string; readonly events: number }[];
  readonly commits: readonly { readonly service: string; readonly commits: number; readonly works: number }[];
}

/** How things stand at one moment. */
export interface Standing {
  readonly viewLagEvents: number;
  readonly busBehindEvents: number;
  /** 99 of 100 timers were not later than this since it was last read, in ms. */
  readonly eventLoopDelayMs: number;
  /** Share of one core since it was last read. */
  readonly cpuShare: number;
  readonly memoryBytes: number;
}

export interface ProcessFacts {
  /** Counters since the start: they only grow. */
  counters(): Counters;
  standing(): Standing;
}
