/** What the proxy beside one replica is told, everything said. */
export interface SidecarPlan {
  /** The replica's name: `orders-1`. */
  readonly self: string;
  /** Where peers come in, and where the process itself listens. */
  readonly inbound: { readonly host: string; readonly port: number; readonly processPort: number };
  readonly peers: readonly PeerPlan[];
  readonly adminPort: number;
  /** Absent: processes are not asked who they are, and what they say can be read on the way. */
  readonly mtls?: MutualTls;
}

export interface PeerPlan {
  readonly name: string;
  /** Who must be there: `spiffe://jangteo/orders`. */
  readonly uri: string;
  /** On loopback: where our process asks for it. */
  readonly listen: number;
  /** Where its own proxy listens. */
  readonly host: string;
  readonly port: number;
}

export interface MutualTls {
  /** Who may come in. */
  readonly callers: readonly string[];
  /** Files that Envoy follows (its secret discovery): own certificate with key, and who is believed. */
  readonly ownFile: string;
  readonly authoritiesFile: string;
}

/** Of a process in the shop's own domain of trust. */
export function uriOf(trustDomain: string, process: string): string {
  return `spiffe://${trustDomain}/${process}`;
}
