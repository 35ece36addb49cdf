/** What a supervised program sends over its channel when it does its work. */
export const READY = 'ready';

/** What a supervised program does at the moment; `failed` never came up and is not tried again. */
export type ProgramState = 'starting' | 'running' | 'restarting' | 'stopping' | 'stopped' | 'failed';

export interface ProgramStatus {
  readonly name: string;
  readonly state: ProgramState;
  readonly pid?: number;
  /** How often it was started again. */
  readonly restarts: number;
  /** Of the start that it owes its present state to, in ms since 1970. */
  readonly since: number;
}

/** A program that is kept running until it is stopped. */
export interface Supervised {
  status(): ProgramStatus;
  /** Resolves when the program first says that it is ready; rejects with a SetupFault when it ends before, with its last lines. */
  readonly ready: Promise<void>;
  /** Asks it to end, insists after a while, and resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it and everything that it started, at once. */
  kill(): void;
}

/** A line that a program has written. */
export interface HeardLine {
  readonly program: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}
