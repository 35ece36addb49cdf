/** A line as a process wrote it, with its number in the journal. */
export interface JournalLine {
  readonly number: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** When it was heard, in ms since 1970. */
  readonly heardAt: number;
}

/** What became of lines that were sent: those that were refused for good are not sent again; `later` has taken none of them. */
export type Sent =
  | { readonly kind: 'taken'; readonly refused: number }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs?: number };

/** Where log lines go. */
export interface LogSink {
  /** Never throws. A sink that is sent the same lines again should keep them once; whether it can is said by its adapter. */
  send(lines: readonly JournalLine[]): Promise<Sent>;
}
