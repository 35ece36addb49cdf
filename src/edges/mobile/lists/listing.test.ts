import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Body } from '../../../../test/scenarios/api.ts';
import { pageOf } from '../../../../test/scenarios/app.ts';
import { catalog } from '../../../contracts/catalog.ts';
import { sleep } from '../../../platform/clock/port.ts';
import { systemClock } from '../../../platform/clock/system.ts';
import { answerOf } from '../../../platform/http/problem.ts';
import { browseShop, productOf } from '../../web/browse-harness.ts';
import { android } from '../android.ts';
import type { Asked } from '../asked.ts';
import type { Dialect } from '../dialect.ts';
import { ios } from '../ios.ts';
import type { MobileParts } from '../parts.ts';
import type { Screen } from '../screen.ts';
import { categoryScreen } from '../screens/category.ts';
import { homeScreen } from '../screens/home.ts';
import { productScreen } from '../screens/product.ts';
import { searchScreen } from '../screens/search.ts';
import { suggestionsScreen } from '../screens/suggestions.ts';

const DIALECTS = [ios, android] as const;
let shop: Awaited<ReturnType<typeof browseShop>>;
before(async () => {
  shop = await browseShop(['mug', 'bowl', 'vase'].map((name) => productOf(name, {}, [{ colour: 'red' }])));
});
after(() => shop?.[Symbol.asyncDispose]());

function shown(dialect: Dialect, open: (parts: MobileParts) => Screen, params: object, query: object) {
  const parts = { ...shop.parts, dialect } as unknown as MobileParts;
  const asked = { language: 'en', currency: 'GBP', device: dialect.deviceOf({}), params, query, request: {} };
  return open(parts).gather(asked as unknown as Asked<never, never>);
}

const sized = (dialect: Dialect, size: number, key?: string | null) => ({
  ...(dialect === ios ? { limit: size } : { loadSize: size }),
  ...(key == null ? {} : dialect === ios ? { cursor: key } : { key }),
});

describe('a list of an app', () => {
  it('holds every product once, whatever is put on sale while it is walked', async () => {
    const { client } = shop.parts;
    const { putCategory, putProduct, newest } = client(catalog);
    let walks = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(3), { maxLength: 6 }),
        fc.constantFrom(...DIALECTS),
        async (count, size, arrivals, dialect) => {
          const categoryId = `walk-${walks++}`;
          answerOf(await putCategory({ categoryId, name: { en: categoryId } }, {}));
          const put = async (name: string) =>
            answerOf(await putProduct(productOf(`${categoryId}-${name}`, { categoryIds: [categoryId] }), {}));
          for (let number = 0; number < count; number++) await put(`${number}`);
          while (answerOf(await newest({ category: categoryId, limit: 20 }, {})).products.length < count)
            await sleep(systemClock, 5);
          const seen: string[] = [];
          for (let turn = 0, key: string | null | undefined; key !== null; turn++) {
            const { view } = await shown(dialect, categoryScreen, { categoryId }, sized(dialect, size, key));
            const { items, next } = pageOf(dialect.platform, view);
            seen.push(...items.map(({ productId }: Body) => productId));
            key = next;
            for (let number = 0; number < (arrivals[turn] ?? 0); number++) await put(`late-${turn}-${number}`);
          }
          assert.equal(new Set(seen).size, seen.length, `a product came twice: ${seen}`);
          for (let number = 0; number < count; number++)
            assert.ok(seen.includes(`${categoryId}-${number}`), `${number} is not among ${seen}`);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('leads back on Android, as a PagingSource asks, and only on on iOS', async () => {
    const load = async (key?: string | null) =>
      (await shown(android, categoryScreen, { categoryId: 'cups' }, sized(android, 1, key))).view as Body;
    const first = await load();
    const second = await load(first.nextKey);
    const back = await load(second.prevKey);
    assert.deepEqual([first.prevKey, back.data, back.prevKey], [null, first.data, null]);
    const cursors = (await shown(ios, categoryScreen, { categoryId: 'cups' }, sized(ios, 1))).view;
    assert.deepEqual(Object.keys(cursors).includes('prevKey'), false);
  });

  it('is narrowed and sorted by the search, and a key of another list is refused', async () => {
    const query = { q: 'made', sort: 'price_asc', option: ['colour:red'] };
    for (const dialect of DIALECTS) {
      const { view, missing } = await shown(dialect, searchScreen, {}, { ...query, ...sized(dialect, 2) });
      const { items, next } = pageOf(dialect.platform, view);
      assert.deepEqual([items.length, (view as Body).total, missing], [2, 3, []]);
      const rest = await shown(dialect, searchScreen, {}, { ...query, ...sized(dialect, 2, next) });
      assert.deepEqual([pageOf(dialect.platform, rest.view).items.length, (rest.view as Body).facets], [1, null]);
      const other = shown(dialect, searchScreen, {}, { q: 'made', ...sized(dialect, 2, next) });
      await assert.rejects(other, { code: 'invalid_cursor' });
    }
  });
});

describe('while the search is away', () => {
  it('every screen still comes, says what it misses, and is not to be kept', async () => {
    const later = new Map<Dialect, string | null>();
    for (const dialect of DIALECTS) {
      const { view } = await shown(dialect, searchScreen, {}, { q: 'made', ...sized(dialect, 1) });
      later.set(dialect, pageOf(dialect.platform, view).next);
    }
    shop.fate('search', 'gone');
    for (const dialect of DIALECTS) {
      assert.deepEqual((await shown(dialect, homeScreen, {}, {})).missing, []);
      assert.deepEqual((await shown(dialect, productScreen, { productId: 'mug' }, {})).missing, []);
      const category = await shown(dialect, categoryScreen, { categoryId: 'cups' }, {});
      assert.deepEqual([category.missing, (category.view as Body).facets], [['search'], null]);
      assert.equal(pageOf(dialect.platform, category.view).items.length, 3);
      const narrowed = await shown(dialect, categoryScreen, { categoryId: 'cups' }, { sort: 'price_asc' });
      assert.deepEqual([narrowed.missing, pageOf(dialect.platform, narrowed.view).items.length], [['search'], 3]);
      const found = await shown(dialect, searchScreen, {}, { q: 'mug' });
      assert.deepEqual([found.missing, pageOf(dialect.platform, found.view).items], [['search'], []]);
      assert.ok((found.view as Body).instead.length >= 3);
      const suggested = await shown(dialect, suggestionsScreen, {}, { q: 'cup' });
      assert.deepEqual([suggested.missing, (suggested.view as Body).categories.length], [['search'], 1]);
      const on = shown(dialect, searchScreen, {}, { q: 'made', ...sized(dialect, 1, later.get(dialect)) });
      await assert.rejects(on, { code: 'unavailable' });
    }
    shop.fate('search', undefined);
  });

  it('or only late, nobody waits for it longer than its part may take', async () => {
    shop.fate('search', 'late');
    const { missing } = await shown(ios, categoryScreen, { categoryId: 'cups' }, {});
    assert.deepEqual(missing, ['search']);
    shop.fate('search', undefined);
  });
});

describe('while orders are away', () => {
  it('the first screen comes without what is popular', async () => {
    shop.fate('orders', 'gone');
    for (const dialect of DIALECTS) {
      const { view, missing } = await shown(dialect, homeScreen, {}, {});
      assert.deepEqual([missing, (view as Body).popular.products], [['popular'], []]);
      assert.ok((view as Body).newest.products.length >= 3);
    }
    shop.fate('orders', undefined);
  });
});
