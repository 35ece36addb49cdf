import type { JsonObject } from '../../kernel/json.ts';
import { jsonCodec } from '../../platform/cache/codec.ts';
import type { Caches } from '../../platform/cache/port.ts';
import { type Version, type VersionedCopies, versionedCopies } from '../../platform/cache/versioned-copies.ts';
import type { Random } from '../../platform/clock/port.ts';
import { idOf } from '../../platform/event-store/aggregate.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import { decodeToken, encodeToken, tokenOf } from '../../platform/views/token.ts';
import { cartAggregate, cartForm } from './aggregate.ts';
import type { BuyingCart, Cart, OpenCart } from './cart.ts';

/** Copies of carts that every process may read. They hold SKUs, quantities and the shopper's id, nothing that names a person. */
export type CartCopies = VersionedCopies<Cart>;

/** So long may a change be unseen by another device of the shopper, should its copy be lost. */
const KEPT_MS = 300_000;

/** The copies in a cache, under a name that changes with the form of a cart: a release reads no form of another. */
export function cartCopies(caches: Caches, random: Pick<Random, 'fraction'>): CartCopies {
  const { fold, encode, decode } = cartForm;
  const json = jsonCodec<JsonObject>();
  const codec = {
    encode: (cart: Cart) => json.encode(encode(cart)),
    decode: (bytes: Uint8Array) => decode(json.decode(bytes)),
  };
  return versionedCopies({ cache: caches({ name: `carts.v${fold}` }), codec, ttlMs: KEPT_MS, random });
}

/** The state of a cart that somebody has seen, as opaque text: what its `Jangteo-Token` says. */
export function seenToken(cartId: string, { epoch, number }: Version): string {
  return encodeToken(tokenOf({ name: `cart/${cartId}`, epoch }, [number]));
}

/** What a token says of a cart; undefined when it is none, or says nothing of this cart. */
export function seenIn(token: string | undefined, cartId: string): Version | undefined {
  const decoded = token === undefined ? undefined : decodeToken(token);
  if (decoded?.ok !== true) return undefined;
  const part = decoded.token.find(({ log }) => log === `cart/${cartId}`);
  const number = part?.positions[0];
  return part === undefined || number === undefined ? undefined : { epoch: part.epoch, number };
}

/** A token that says what both say, of which either may be missing. */
export function bothTokens(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const [first, second] = [decodeToken(one), decodeToken(other)];
  return first.ok && second.ok ? encodeToken([...first.token, ...second.token]) : one;
}

/** What the leader of the carts leaves for others. */
export interface LeftCopies {
  /** Of a state that is shown: its `asOf`. */
  asOf(cartId: string, version: number): { readonly asOf: string };
  /** Leaves a copy of a cart as of this version of its stream. */
  leave(cart: OpenCart | BuyingCart, version: number): void;
  stop(): void;
}

/** Leaves a copy of every cart that changes. */
export function leaveCopies(
  { keep }: Pick<CartCopies, 'keep'>,
  { store, documents }: Pick<ServiceKit, 'store' | 'documents'>,
): LeftCopies {
  const { epoch } = documents.log;
  const leave = (cartId: string, value: Cart, number: number) => keep(cartId, { epoch, number, value });
  const leaveNewest = async (cartId: string) => {
    const { state, version } = await store.load(cartAggregate, cartId);
    if (state.phase !== 'unknown') leave(cartId, state, version);
  };
  // A cart that cannot be read just now gets no new copy: whoever wants it asks for the cart itself.
  const leaveOrNot = (cartId: string) => void leaveNewest(cartId).catch(() => undefined);
  const stop = store.onCommitted((events) => new Set(events.map(({ stream }) => idOf(stream))).forEach(leaveOrNot));
  return {
    asOf: (cartId, number) => ({ asOf: seenToken(cartId, { epoch, number }) }),
    leave: (cart, version) => void leave(cart.cartId, cart, version),
    stop,
  };
}
