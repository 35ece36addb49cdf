import type { RunningProcess } from '../local-engines/port.ts';

export const balancerEngines = ['haproxy', 'nginx', 'envoy'] as const;
export type BalancerEngine = (typeof balancerEngines)[number];

export interface BalancerOptions {
  readonly engine: BalancerEngine;
  /**
   * 7 reads requests: it keeps connections to the upstreams, asks again where that is safe, and answers when nobody is up.
   * 4 passes connections through as they are: TLS ends behind it, and what is inside is none of its business.
   */
  readonly layer: 4 | 7;
  /** Absent: 127.0.0.1. */
  readonly host?: string;
  readonly port: number;
  /** Origins of the processes: `http://127.0.0.1:3001`; `https://…` where they end TLS themselves (layer 4). */
  readonly upstreams: readonly string[];
  /** Layer 7: TLS ends here; files in PEM. */
  readonly certificate?: { readonly certificateFile: string; readonly keyFile: string };
  /** Answers 200 while a process takes new requests, and anything else while it drains. Absent: `/readyz`. */
  readonly healthPath?: string;
  /**
   * Layer 7, HAProxy: requests below `prefix` go to whoever answers 200 at `healthPath`, so that nobody has to pass them on; to
   * everybody while nobody does. Absent: every request goes to everybody.
   */
  readonly leader?: { readonly prefix: string; readonly healthPath: string };
  /** Layer 7: a shopper stays with a process while that is up, by a cookie. Absent: no. */
  readonly sticky?: boolean;
  /** Layer 7: how long a process that has come back takes to get its full share, where the engine can. Absent: 0. */
  readonly slowStartMs?: number;
  /** HAProxy and nginx: how many threads it has. Absent: one for each core. */
  readonly threads?: number;
  /** JANGTEO_HOME; what the engine writes lies below it. */
  readonly home: string;
  /** A second balancer of one engine on one home needs a name of its own. */
  readonly instance?: string;
  /** Hears progress and what was noticed of upstreams, a sentence a line. */
  readonly say?: (line: string) => void;
}

/** A balancer that takes connections. */
export interface Balancer {
  readonly url: string;
  /** Balances over these from now on; no connection is dropped, streams stay open. Throws a SetupFault. */
  reload(upstreams: readonly string[]): Promise<void>;
  stop(): Promise<void>;
  /** Those of its engine that run now; none while it is started again. */
  processes(): readonly RunningProcess[];
  /** How often its engine was started again, and since when it runs or is started, in ms since 1970. */
  restarts(): number;
  since(): number;
}

/** What a configuration is written from: everything said, everything checked. */
export interface BalancerPlan {
  readonly layer: 4 | 7;
  readonly host: string;
  readonly port: number;
  readonly upstreams: readonly Upstream[];
  /** The upstreams end TLS themselves, so that they are asked for their health by TLS as well. */
  readonly upstreamsSpeakTls: boolean;
  readonly certificate?: { readonly certificateFile: string; readonly keyFile: string };
  readonly healthPath: string;
  readonly leader?: { readonly prefix: string; readonly healthPath: string };
  readonly sticky: boolean;
  readonly slowStartMs: number;
  readonly threads?: number;
}

export interface Upstream {
  /** Stable for an address, so that a sticky cookie outlives a reload, and tells nobody the address. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}
