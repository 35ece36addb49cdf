import { LINK_PROTOCOL } from '../../platform/calls/link.ts';

/** What proxies beside processes are told. Times in ms. */
export const limits = {
  connectMs: 1_000,
  /** A little shorter than processes keep an idle connection (75 s), so that no request is sent on one that is just being closed. */
  keptMs: 60_000,
  /** How long a connection that is given up stays open for what is still on its way. */
  lastWordsMs: 100,
  /** A connection is made anew after this long, so that nobody lives on a certificate that has ended. Streams end by themselves. */
  oldestConnectionMs: 3_600_000,
  /** Retries of one request, and their pauses: enough to outlast a proxy that is started again. */
  retries: 4,
  pauseMs: 50,
  longestPauseMs: 800,
  /** Retries are at most this share of what is under way, so that they never multiply a load that fails. */
  retryPercent: 20,
  /** Connections in a row that could not be made or broke off, after which a peer is left alone. */
  failures: 5,
  ejectedMs: 1_000,
  longestEjectedMs: 8_000,
  /** Processes carry many headers from shoppers' programs, and their doors have bounded them already. */
  headers: 2_000,
  headerKb: 96,
} as const;

/** Long-lived connections of another protocol that pass through: HTTP/1.1 `Upgrade` by these names. */
export const UPGRADES = ['websocket', LINK_PROTOCOL] as const;

/** Said by a proxy whose process broke off without an answer; taken away by the one that asked. */
export const LOST = 'x-sidecar-lost';

/** Nothing has reached the process: it is answered as a process does that does not lead the service, so that another is asked. */
export const NOBODY_THERE = 421;
