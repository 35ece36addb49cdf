import { type Availability, catalog, type Product } from '../../contracts/catalog.ts';
import { inventory } from '../../contracts/inventory.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { sleep } from '../../platform/clock/port.ts';
import type { ServiceDefinition, ServiceKit } from '../../platform/service/port.ts';
import type { Positions } from '../../platform/storage/port.ts';
import type { SubscriptionSpec } from '../../platform/subscriptions/port.ts';
import { adminRoutes } from './admin-routes.ts';
import { availability, categoryAggregate, productAggregate, products, sellerAggregate, skus } from './aggregates.ts';
import { categoryListing } from './category-listing.view.ts';
import type { ImportTarget } from './import/import.ts';
import { importRoutes } from './import/import-routes.ts';
import { keptProductRoutes } from './kept-products.ts';
import { createListing } from './listing.ts';
import { offersOf } from './offers.ts';
import { drawingOf } from './pictures/drawing-of.ts';
import { pictureRoutes } from './pictures/picture-routes.ts';
import { createPictures } from './pictures/pictures.ts';
import { queriesOf } from './queries.ts';
import { publicRoutes } from './routes.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { tagsOf } from './tags.ts';
import { createWriting, type Writing, type Written } from './writing.ts';

/** What is sold, by whom, at which price. */
export const catalogService: ServiceDefinition<typeof catalog> = {
  contract: catalog,
  aggregates: [sellerAggregate, categoryAggregate, productAggregate],
  collections: [skus, availability],
  views: [categoryListing],
  start(kit) {
    const shelf = createShelf(kit.documents);
    const writing = createWriting(kit);
    let heads: Positions | undefined;
    const stopListening = kit.store.onCommitted((events, newest) => {
      heads = newest;
      shelf.forget(events);
      kit.invalidations.publish(tagsOf(events));
    });
    // Until the first commit of this process, how far the log went before it: else no list would ever count as caught up.
    kit.ownLog.heads().then(
      (before) => {
        heads ??= before;
      },
      (error) => kit.logger.warn({ err: error }, 'lists are not kept until the catalogue changes'),
    );
    const listing = createListing(kit, shelf, () => heads);
    const pictures = createPictures({ draw: drawingOf, blobs: kit.blobs, logger: kit.logger });
    return {
      handlers: {
        ...queriesOf(shelf, listing, kit.documents),
        offers: async ({ skus: wanted, currency }) => done(await offersOf(shelf, wanted, currency)),
        putSeller: async (seller) => outcomeOf(await writing.putSeller(seller)),
        putCategory: async (category) => outcomeOf(await writing.putCategory(category)),
        putProduct: async (product) => outcomeOf(await putProduct(writing, product)),
        withdrawProduct: async ({ productId }) => outcomeOf(await writing.withdrawProduct(productId)),
        setPrice: async ({ sku, currency, amount }) => outcomeOf(await writing.setPrice(sku, currency, amount)),
        isEmpty: async () => done({ empty: await isEmpty(kit) }),
      },
      subscriptions: [availabilitySubscription(shelf, kit.invalidations)],
      routes: async (http) => {
        await publicRoutes(shelf, listing, kit.documents)(http);
        await pictureRoutes(pictures)(http);
        await adminRoutes(writing)(http);
        await keptProductRoutes(kit.documents)(http);
        await importRoutes(kit, importTarget(kit, writing))(http);
      },
      stop: async () => stopListening(),
    };
  },
};

/** Keeps what inventory tells about each SKU, exactly once, and renews the pages that show it. */
function availabilitySubscription(shelf: Shelf, { publish }: ServiceKit['invalidations']): SubscriptionSpec {
  return {
    name: 'availability',
    source: inventory.service,
    on: {
      AvailabilityChanged: ({ data }) => {
        const { sku, availability: now } = data as unknown as { sku: string; availability: Availability };
        return {
          intents: [],
          documents: [{ collection: availability, generation: 0, key: sku, body: { availability: now } }],
          committed() {
            shelf.forgetAvailability(sku);
            publish([`sku:${sku}`, 'availability']);
          },
        };
      },
    },
  };
}

const STOCK_ATTEMPTS = 4;

function importTarget({ client, clock }: Pick<ServiceKit, 'client' | 'clock'>, writing: Writing): ImportTarget {
  const stock = client(inventory);
  return {
    putProducts: (batch) => writing.putProducts(batch),
    async setOnHand(sku, onHand) {
      for (let attempt = 1; ; attempt++) {
        const outcome = await stock.setOnHand({ sku, onHand });
        if (outcome.kind === 'done') return undefined;
        if (outcome.kind === 'rejected') return outcome.rejection;
        if (attempt === STOCK_ATTEMPTS) return { code: 'unavailable', detail: 'inventory did not answer in time' };
        await sleep(clock, 100 * 2 ** attempt);
      }
    },
  };
}

async function putProduct(writing: Writing, product: Product): Promise<Written | undefined> {
  return (await writing.putProducts([product])).get(product.productId);
}

function outcomeOf(written: Written | undefined): Outcome<Record<string, never>> {
  return written?.kind === 'rejected' ? rejected(written.rejection) : done({});
}

async function isEmpty({ documents }: Pick<ServiceKit, 'documents'>): Promise<boolean> {
  return (await documents.query({ collection: products, generation: 0, where: {}, limit: 1 })).length === 0;
}
