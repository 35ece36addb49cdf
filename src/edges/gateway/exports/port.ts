/** Where services are reached, `host:port`, one or more each. */
export type Addresses = Readonly<Record<string, readonly string[]>>;

/** A route table written out for another product. */
export interface Written {
  readonly text: string;
  /** What the table asks for and the product cannot do, a sentence each. */
  readonly leftOut: readonly string[];
}

/** The addresses of a service. Throws a RangeError when there are none. */
export function addressesOf(addresses: Addresses, service: string): readonly string[] {
  const own = addresses[service];
  if (own === undefined || own.length === 0) throw new RangeError(`there is no address of ${service}`);
  return own;
}
