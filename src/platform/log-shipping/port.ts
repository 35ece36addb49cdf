/** A line as a program wrote it. */
export interface LogLine {
  /** Whose it is: `orders-1`. */
  readonly program: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** When it was heard, in ms since 1970. */
  readonly heardAt: number;
}

/** A line that waits, with its number among those that waited with it. */
export interface NumberedLine extends LogLine {
  readonly number: number;
}

/** The lines that are the next to go. */
export interface NextLines {
  readonly lines: readonly NumberedLine[];
  /** Lines before them that are gone: there was no more room, or they could not be read. */
  readonly lost: number;
  /** Whether others wait behind them already. */
  readonly isMore: boolean;
}

/** Where lines wait, in order. */
export interface LineSource {
  /** The same again until they are `taken`, unless there was no room for them any more. Throws when they cannot be read just now. */
  next(): Promise<NextLines>;
  /** What `next` has last answered need not be kept. Never throws. */
  taken(): Promise<void>;
}

/** What became of lines that were sent: those that were refused for good are not sent again; `later` has taken none of them. */
export type Sent =
  | { readonly kind: 'taken'; readonly refused: number }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs?: number };

/** Where log lines go. */
export interface LogSink {
  /**
   * Never throws; gives up when `signal` aborts. A sink that is sent the same lines again should keep them once; whether it can is said
   * by its adapter.
   */
  send(lines: readonly NumberedLine[], signal?: AbortSignal): Promise<Sent>;
}

/** As many lines, and as many bytes of a journal, go at once. */
export const BATCH = { lines: 500, bytes: 1024 ** 2 } as const;
