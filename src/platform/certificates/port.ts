/** A private key and the certificates that vouch for it, the leaf first; all in PEM. */
export interface KeyPair {
  readonly certificates: string;
  readonly key: string;
}

/** What a process shows to others, and whom it believes. */
export interface Credentials extends KeyPair {
  /** Certificates of the authorities that are believed, one after the other: two of them while one follows the other. */
  readonly authorities: string;
}

/** Where credentials come from. */
export interface CredentialSource {
  /**
   * Those that hold now; undefined while they are not to be had. A source that makes them answers with new ones each time, one that
   * reads them with what is there. Throws when what is there cannot be used.
   */
  obtain(): Promise<Credentials | undefined>;
  /** Calls `changed` when others may be had; the returned function ends it. A source that only makes them never calls. */
  watch(changed: () => void): () => void;
}

/** Takes credentials where others use them; all of them at once or none. */
export type CredentialSink = (credentials: Credentials) => void | Promise<void>;

/** Who a certificate speaks for, and how long, in ms since 1970. */
export interface Identity {
  /** The URI in its subject's alternative names: `spiffe://jangteo/orders`. */
  readonly uri: string | undefined;
  readonly notBefore: number;
  readonly notAfter: number;
}
