import type { Outcome } from '../../kernel/outcome.ts';

/**
 * Two-phase commit over resources that can promise: once a branch is prepared it survives every crash, and commits or rolls back
 * as its coordinator says, however late. Work that must be all or nothing over several databases goes through `transact`; where a
 * middle may be seen for a while a saga costs less and blocks nobody.
 */
export interface Coordinator {
  readonly name: string;
  /** Grows with every coordinator that takes the name; an older one can decide nothing any more. */
  readonly epoch: number;
  /**
   * Runs `work` and commits what it did in every resource that it enlisted, or nowhere. Work that answers anything but `done`, or
   * throws, is rolled back. `done` means that the decision to commit is durable, and carried out wherever a resource answered in
   * time; the rest follows by itself (`inDoubt`). `unknown` means that the decision log did not tell whether it took the decision.
   * Throws a BranchFault when a branch could not promise and a FencedFault when another coordinator took over: nothing happened.
   */
  transact<Answer>(work: (transaction: Transaction) => Promise<Outcome<Answer>>): Promise<Outcome<Answer>>;
  /** Finishes or rolls back what crashes left, as far as resources answer; runs by itself at the start and every few seconds. */
  recover(): Promise<void>;
  /** What is not settled yet, as of the last recovery. Its rows stay locked. */
  inDoubt(): readonly InDoubt[];
  /** Branches that somebody settled by hand against the decision, since the start. */
  heuristics(): readonly Heuristic[];
  /** Waits for what is under way; what is in doubt then is left to the next coordinator of the name. */
  close(): Promise<void>;
}

export interface Transaction {
  readonly id: string;
  /**
   * Begins a branch in a resource (once) and answers the session to work in. Nobody finds a deadlock that spans resources: enlist
   * and lock them in the same order everywhere.
   */
  enlist<Session>(resource: Resource<Session>): Promise<Session>;
}

/** A database, queue or other keeper of state that can take part. Every call throws what the resource says when it is out of reach. */
export interface Resource<Session> {
  /** Stands in the decision log: stable, and unique among a coordinator's resources. Lower case letters, digits and dashes. */
  readonly name: string;
  begin(transaction: string): Promise<Branch<Session>>;
  /** Commits a prepared branch. Repeating it is safe; `receipt` is what `prepare` answered. */
  commit(transaction: string, receipt: string): Promise<CommitFate>;
  /** Rolls a branch back. Repeating it is safe, and so is asking for a branch that never was. */
  rollback(transaction: string): Promise<RollbackFate>;
  /** The prepared branches of all coordinators of a name that are neither committed nor rolled back. */
  recover(coordinator: string): Promise<readonly string[]>;
  /** The committed branches of a name that are still remembered, so that `commit` can tell a repetition from a loss. */
  remembered(coordinator: string): Promise<readonly string[]>;
  /** Forgets committed branches; nobody will ask for them again. */
  forget(transactions: readonly string[]): Promise<void>;
}

/** Work under way in one resource. */
export interface Branch<Session> {
  readonly session: Session;
  /** Ends the work and promises: from now on the branch survives. Answers a receipt for `commit`. When it throws, no promise holds. */
  prepare(): Promise<string>;
  /** Drops the work instead. Never throws. */
  abandon(): Promise<void>;
}

/**
 * `lost`: it was rolled back by somebody else's hand, though it had promised. `busy`: somebody still holds it, ask again later.
 */
export type CommitFate = 'committed' | 'lost' | 'busy';
/** `committed`: somebody else's hand committed it, though nobody had decided so. */
export type RollbackFate = 'rolled_back' | 'committed' | 'busy';

/**
 * Where decisions to commit are kept. What is not in it was never decided: presumed abort, so that neither beginnings nor
 * rollbacks are written.
 */
export interface DecisionLog {
  /** The name of the coordinators that it serves, one after another. */
  readonly coordinator: string;
  /** Takes the name over and answers the new epoch. No decision of an older epoch can be recorded from then on. */
  takeOver(): Promise<number>;
  /**
   * Resolves when the decision is durable, or refused because the epoch is no longer the newest. Recording the same decision
   * again is safe: that is how an unknown fate (it threw) is found out.
   */
  record(epoch: number, decision: Decision): Promise<'recorded' | 'fenced'>;
  /** The newest epoch and all decisions that are not forgotten. */
  open(): Promise<{ readonly epoch: number; readonly decisions: readonly Decision[] }>;
  forget(transactions: readonly string[]): Promise<void>;
}

/** A transaction that is to be committed, in these branches. */
export interface Decision {
  readonly transaction: string;
  readonly branches: readonly { readonly resource: string; readonly receipt: string }[];
}

export interface InDoubt {
  readonly transaction: string;
  readonly resource: string;
  /** When the transaction began, in ms. */
  readonly since: number;
  /** What will become of it once the resource (or the decision log) answers. */
  readonly fate: 'commit' | 'rollback' | 'undecided';
}

export interface Heuristic {
  readonly transaction: string;
  readonly resource: string;
  readonly decided: 'commit' | 'rollback';
}

/** A branch could not be begun or could not promise; the whole transaction has been rolled back. */
export class BranchFault extends Error {
  override readonly name = 'BranchFault';
}

/** Another coordinator has taken the name over; this one can no longer commit anything. */
export class FencedFault extends Error {
  override readonly name = 'FencedFault';
}

/** A resource or log is not set up for two-phase commit; the message is one plain sentence with the way out. */
export class TwoPhaseSetupFault extends Error {
  override readonly name = 'TwoPhaseSetupFault';
}
