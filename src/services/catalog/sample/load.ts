import type { catalog } from '../../../contracts/catalog.ts';
import type { inventory } from '../../../contracts/inventory.ts';
import type { Client } from '../../../kernel/contract.ts';
import type { Outcome } from '../../../kernel/outcome.ts';
import { type SampleCatalogue, sampleCatalogue } from './sample.ts';

const ATTEMPTS = 5;
const CALLS_AT_ONCE = 16;

/**
 * Puts the sample into an empty shop: sellers, categories, stock, products. Answers how many products it put; 0 when the shop
 * is not empty. Products come last and all at once, so that a load that was cut short is, most likely, begun again.
 * Throws when a call keeps failing.
 */
export async function loadSample(
  clients: { readonly catalog: Client<typeof catalog>; readonly inventory: Client<typeof inventory> },
  sample: SampleCatalogue = sampleCatalogue(),
): Promise<number> {
  const { empty } = await insist(() => clients.catalog.isEmpty({}));
  if (!empty) return 0;
  for (const seller of sample.sellers) await insist(() => clients.catalog.putSeller(seller));
  for (const category of sample.categories) await insist(() => clients.catalog.putCategory(category));
  await eachOf(sample.stock, (level) => insist(() => clients.inventory.setOnHand(level)));
  await Promise.all(sample.products.map((product) => insist(() => clients.catalog.putProduct(product))));
  return sample.products.length;
}

async function eachOf<Item>(items: readonly Item[], task: (item: Item) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += CALLS_AT_ONCE)
    await Promise.all(items.slice(from, from + CALLS_AT_ONCE).map(task));
}

async function insist<Answer>(call: () => Promise<Outcome<Answer>>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await call();
    if (outcome.kind === 'done') return outcome.answer;
    const reason = outcome.kind === 'rejected' ? outcome.rejection.detail : outcome.reason;
    if (outcome.kind === 'rejected' || attempt === ATTEMPTS)
      throw new Error(`the sample catalogue could not be loaded: ${reason}`);
  }
}
