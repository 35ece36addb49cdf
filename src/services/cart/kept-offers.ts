import { LRUCache } from 'lru-cache';
import type { Offer } from '../../contracts/catalog.ts';
import type { SellerTerms } from '../../contracts/shapes.ts';
import type { Clock } from '../../platform/clock/port.ts';
import type { Invalidations } from '../../platform/invalidation/port.ts';
import type { Basket } from './basket.ts';

interface KeptOffer {
  readonly offer: Offer;
  readonly terms: SellerTerms;
  /** What had been published when it was asked for. */
  readonly turn: number;
}

export interface KeptOffers {
  offersOf(skus: readonly string[], currency: string): Promise<Basket>;
  close(): void;
}

const MOST_OFFERS = 50_000;
const MOST_TAGS = 100_000;
const KEPT_MS = 60_000;

/**
 * Offers that this process has asked for, until the catalogue publishes that one of them has changed: as new as its pages. What was
 * published while they were asked for counts as well. What is not on sale is asked for each time.
 */
export function keptOffers(
  ask: (skus: readonly string[], currency: string) => Promise<Basket>,
  invalidations: Pick<Invalidations, 'subscribe'>,
  clock: Pick<Clock, 'now'>,
): KeptOffers {
  let turn = 0;
  /** Nothing of an earlier turn is shown. */
  let oldest = 0;
  const kept = new LRUCache<string, KeptOffer>({ max: MOST_OFFERS, ttl: KEPT_MS, perf: clock, ttlResolution: 0 });
  const changed = new LRUCache<string, number>({
    max: MOST_TAGS,
    dispose(at, _tag, why) {
      if (why === 'evict') oldest = Math.max(oldest, at);
    },
  });
  const close = invalidations.subscribe(
    (tags) => {
      turn++;
      for (const tag of tags) changed.set(tag, turn);
    },
    () => {
      oldest = ++turn;
    },
  );
  const isNew = ({ offer: { sku, productId, sellerId }, turn: asked }: KeptOffer) =>
    asked >= oldest &&
    [`sku:${sku}`, `product:${productId}`, `seller:${sellerId}`].every((tag) => (changed.get(tag) ?? 0) <= asked);

  return {
    async offersOf(skus, currency) {
      const found = new Map<string, KeptOffer>();
      for (const sku of skus) {
        const offer = kept.get(`${currency} ${sku}`);
        if (offer !== undefined && isNew(offer)) found.set(sku, offer);
      }
      const missing = skus.filter((sku) => !found.has(sku));
      if (missing.length > 0) {
        const asked = turn;
        const { offers, terms } = await ask(missing, currency);
        for (const offer of offers.values()) {
          const its = terms.find(({ sellerId }) => sellerId === offer.sellerId);
          if (its === undefined) continue;
          const entry = { offer, terms: its, turn: asked };
          found.set(offer.sku, entry);
          kept.set(`${currency} ${offer.sku}`, entry);
        }
      }
      const terms = new Map([...found.values()].map((each) => [each.terms.sellerId, each.terms] as const));
      return {
        offers: new Map([...found].map(([sku, { offer }]) => [sku, offer])),
        terms: [...terms.values()],
      };
    },
    close,
  };
}
