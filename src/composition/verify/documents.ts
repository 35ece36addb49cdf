import type { Collection } from '../../kernel/view.ts';
import type { Storage, StoredDocument } from '../../platform/storage/port.ts';

const PAGE = 500;

/** All documents of a collection in the order of their keys, page by page. */
export async function* documentsOf(
  storage: Pick<Storage, 'query'>,
  collection: Collection,
  generation = 0,
): AsyncGenerator<StoredDocument> {
  let after: { value: null; key: string } | undefined;
  for (;;) {
    const page = await storage.query({ collection, generation, where: {}, limit: PAGE, ...(after && { after }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { value: null, key: last.key };
  }
}
