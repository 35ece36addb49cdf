/** A process that answers under a name, as a registry tells of it. */
export interface Instance {
  /** Unique under its name: what it registered as, or `host:port` where the registry knows nothing else. */
  readonly id: string;
  /** Where it answers: scheme, host and port, `http://10.0.0.7:3001`. */
  readonly origin: string;
  /** What it says of itself. Empty where the registry carries nothing (DNS). */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is known of a name at this moment. */
export interface Known {
  /** In the order of their ids, each id once. */
  readonly instances: readonly Instance[];
  /**
   * `awaited`: the registry has not answered yet, so nothing is known. `current`: as the registry tells it. `stale`: the registry
   * does not answer; these are the instances of its last answer, which go on being used.
   */
  readonly state: 'awaited' | 'current' | 'stale';
  /** When the registry last confirmed it, in ms since 1970; undefined while it is awaited. */
  readonly confirmedAt: number | undefined;
  /** Why it is not current, in words for an operator. */
  readonly trouble?: string;
}

export interface Watch {
  current(): Known;
  /** Resolves with the registry's first answer, also when that names nobody; rejects with `WatchClosed` when closed before. */
  readonly first: Promise<Known>;
  /** Nothing is told any more. */
  close(): void;
}

export interface Registration {
  /** Resolves when the registry first took it; rejects with `RegistrationEnded` when it is taken back before. */
  readonly taken: Promise<void>;
  /** `trouble` says why the registry does not know of this instance, or soon will not; undefined while all is well. */
  status(): { readonly taken: boolean; readonly trouble?: string };
  /** Takes the instance back, so that others hear at once. Never throws: where the registry is away, the lease runs out by itself. */
  deregister(): Promise<void>;
}

/** What an adapter can do, so that a topology which needs more is refused at boot. */
export interface DiscoveryCapabilities {
  /** Instances put themselves in; otherwise whoever keeps the list does (a topology, a zone). */
  readonly registers: boolean;
  /** What died without a word disappears when its lease runs out. */
  readonly leases: boolean;
  readonly metadata: boolean;
  /** How long a change may go unnoticed while the registry answers, in ms; `none`: the list never changes. */
  readonly noticedWithinMs: number | 'none';
}

/**
 * Finds the instances of a service or process by its name. Eventually right, never certain: whoever calls an instance must
 * still bear that it does not answer. A registry that is away changes nothing but `state`.
 */
export interface Discovery {
  readonly capabilities: DiscoveryCapabilities;
  /**
   * Follows a name. `changed` is told every change of the instances or of the state, never twice the same, and never before
   * `watch` has returned.
   */
  watch(name: string, changed?: (known: Known) => void): Watch;
  /**
   * Puts an instance under a name and keeps it there by heartbeats, until it is taken back; put in again by itself when the
   * registry forgot it. Without a heartbeat for `ttlMs` the registry drops it. Does nothing where `registers` is false.
   */
  register(name: string, instance: Instance, options: { readonly ttlMs: number }): Registration;
  /** Takes back every registration and ends every watch. */
  close(): Promise<void>;
}

export class WatchClosed extends Error {
  override readonly name = 'WatchClosed';
}

export class RegistrationEnded extends Error {
  override readonly name = 'RegistrationEnded';
}
