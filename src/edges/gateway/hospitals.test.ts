import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Case, CaseFilter, Hospital } from '../../platform/hospital/port.ts';
import { listCases, splitCaseId } from './hospitals.ts';

/** A hospital that only lists, as the port promises: oldest first, then by id. */
function listing(cases: readonly Case[]): Pick<Hospital, 'list'> {
  const sorted = cases.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const isAfter = (each: Case, { openedAt, id }: { openedAt: number; id: string }) =>
    each.openedAt > openedAt || (each.openedAt === openedAt && each.id > id);
  const list = async ({ after, status, limit }: CaseFilter) =>
    sorted
      .filter(
        (each) => (after === undefined || isAfter(each, after)) && (status === undefined || each.status === status),
      )
      .slice(0, limit);
  return { list };
}

const caseOf = (id: string, openedAt: number) => ({ id, openedAt, status: 'open' }) as Case;

it('pages through all hospitals as one list, each case once and in order', async () => {
  const cases = fc.uniqueArray(
    fc.record({ id: fc.stringMatching(/^[a-z]{1,3}-\d-\d$/), at: fc.integer({ min: 0, max: 3 }) }),
    {
      selector: ({ id }) => id,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-c]$/), cases),
      fc.integer({ min: 1, max: 4 }),
      async (byService, limit) => {
        const hospitals = Object.fromEntries(
          Object.entries(byService).map(([service, all]) => [
            service,
            listing(all.map(({ id, at }) => caseOf(id, at))),
          ]),
        );
        const seen: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await listCases(hospitals, { limit, ...(cursor ? { cursor } : {}) });
          assert.ok(page.items.length <= limit);
          seen.push(...page.items.map(({ service, case: { id, openedAt } }) => `${openedAt} ${service} ${id}`));
          cursor = page.nextCursor;
        } while (cursor !== null);
        const all = Object.entries(byService).flatMap(([service, each]) =>
          each.map(({ id, at }) => `${at} ${service} ${id}`),
        );
        assert.deepEqual(seen, all.sort());
      },
    ),
  );
});

it('keeps to one service when asked', async () => {
  const hospitals = { orders: listing([caseOf('a', 1)]), payments: listing([caseOf('b', 1)]) };
  const { items } = await listCases(hospitals, { limit: 10, service: 'payments' });
  assert.deepEqual(
    items.map(({ case: { id } }) => id),
    ['b'],
  );
});

it('finds the hospital of a case, and refuses what is none', () => {
  const hospitals = { orders: listing([]) };
  const { service, id } = splitCaseId(hospitals, 'orders.stock.v2-0-7');
  assert.deepEqual([service, id], ['orders', 'stock.v2-0-7']);
  for (const caseId of ['', 'orders', 'other.a-0-1', '.a', '__proto__.a', 'constructor.a']) {
    assert.throws(() => splitCaseId(hospitals, caseId), { code: 'unknown_case' }, caseId);
  }
});
