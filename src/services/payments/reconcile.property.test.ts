import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Difference, Movement } from './difference.ts';
import {
  type Booked,
  DAY_MS,
  dayOf,
  daysOf,
  isCompared,
  judgeOurs,
  judgeTheirs,
  keyOf,
  matching,
  type Period,
  startOfDay,
  windowOf,
} from './reconcile.ts';

const FIRST = startOfDay('2026-11-19');
const GRACE_MS = 15 * 60_000;
const period: Period = { from: '2026-11-20', to: '2026-11-21', graceMs: GRACE_MS, until: FIRST + 10 * DAY_MS };

/** The books compared as the service does it: what is left over is looked up in the whole ledger and the reports next door. */
function compare(ledger: readonly Movement[], reports: readonly Booked[], barred: ReadonlySet<string>): Difference[] {
  const match = matching(period);
  const { from, below } = windowOf(period);
  const inOrder = [
    ...ledger.filter(({ at }) => at >= from && at < below).map((ours) => ({ at: ours.at, ours })),
    ...reports.filter(({ day }) => daysOf(period).includes(day)).map((theirs) => ({ at: theirs.at, theirs })),
  ].sort((a, b) => a.at - b.at);
  for (const each of inOrder) 'ours' in each ? match.ours(each.ours) : match.theirs(each.theirs);
  const left = match.end();
  const nextDoor = new Map(
    reports.filter(({ day }) => !daysOf(period).includes(day)).map((line) => [keyOf(line), line] as const),
  );
  return [
    ...left.differences,
    ...left.theirs.flatMap((line) => {
      const movements = ledger.filter(({ authorisation }) => authorisation === line.authorisation);
      return judgeTheirs(
        line,
        { movements, barred: barred.has(line.authorisation), stillHeld: barred.has(line.authorisation) ? 1 : 0 },
        period,
      );
    }),
    ...left.ours
      .filter(({ at }) => isCompared(at, period))
      .flatMap((movement) => judgeOurs(movement, nextDoor.get(keyOf(movement)), period)),
  ];
}

const faults = [
  'none',
  'missing_at_processor',
  'missing_in_ledger',
  'amount_differs',
  'currency_differs',
  'duplicated_at_processor',
  'wrong_day',
  'still_authorised',
] as const;

/** A movement of the two days (and a little around them), how late we recorded it, and what is made wrong about it. */
const plan = fc.record({
  kind: fc.constantFrom('authorisation' as const, 'capture' as const, 'void' as const, 'refund' as const),
  at: fc.integer({ min: -GRACE_MS, max: 2 * DAY_MS + GRACE_MS }).map((ms) => startOfDay(period.from) + ms),
  lateMs: fc.integer({ min: 0, max: GRACE_MS - 1 }),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
  fault: fc.constantFrom(...faults),
});

type Plan = typeof plan extends fc.Arbitrary<infer Each> ? Each : never;

/** What both books say of a planned movement, and the difference that must be found; none where the fault does not apply. */
function planted({ kind, at, lateMs, amount, fault }: Plan, number: number) {
  const authorisation = `ord_${number}`;
  const reference = kind === 'authorisation' ? authorisation : `${kind}_${number}`;
  const ours: Movement = { kind, reference, authorisation, amount, currency: 'GBP', at: at + lateMs };
  const line: Booked = { ...ours, at, day: dayOf(at) };
  const isTheirs = daysOf(period).includes(line.day);
  const isOurs = isCompared(ours.at, period);
  const books = (movements: Movement[], lines: Booked[], found: boolean) => ({
    ...{ movements, lines, isBarred: false },
    expected: found ? [`${fault} ${keyOf(ours)}`] : [],
  });
  switch (fault) {
    case 'none':
      return books([ours], [line], false);
    case 'missing_at_processor':
      return kind === 'void' ? books([ours], [line], false) : books([ours], [], isOurs);
    case 'missing_in_ledger':
      return books([], [line], isTheirs);
    case 'amount_differs':
      return books([ours], [{ ...line, amount: amount + 1 }], isTheirs || isOurs);
    case 'currency_differs':
      return books([ours], [{ ...line, currency: 'KRW' }], isTheirs || isOurs);
    case 'duplicated_at_processor':
      return books([ours], [line, { ...line, at: at + 1 }], isTheirs);
    case 'wrong_day':
      // Recorded a day before the period, which begins with the report that has it.
      return books([{ ...ours, at: startOfDay(period.from) - DAY_MS }], [{ ...line, day: period.from }], true);
    case 'still_authorised': {
      if (kind === 'void') return books([ours], [], isOurs);
      if (kind !== 'authorisation') return books([ours], [line], false);
      return { ...books([], [line], isTheirs), isBarred: true };
    }
  }
}

describe('two books side by side', () => {
  it('differ in exactly what was made different', () => {
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 40 }), (plans) => {
        const all = plans.map(planted);
        const barred = new Set(
          all.flatMap(({ isBarred, lines }) => (isBarred ? lines.map((l) => l.authorisation) : [])),
        );
        const movements = all.flatMap((each) => each.movements).sort((a, b) => a.at - b.at);
        const lines = all.flatMap((each) => each.lines).sort((a, b) => a.at - b.at);
        const found = compare(movements, lines, barred).map(
          ({ kind, movement, reference }) => `${kind} ${movement}.${reference}`,
        );
        assert.deepEqual(found.sort(), all.flatMap(({ expected }) => expected).sort());
      }),
      { numRuns: 500 },
    );
  });

  it('forget what has found its other half', () => {
    const match = matching(period);
    for (let number = 0; number < 10_000; number++) {
      const at = startOfDay(period.from) + number;
      const ours = {
        kind: 'capture',
        reference: `s${number}`,
        authorisation: `o${number}`,
        amount: 1,
        currency: 'GBP',
        at,
      } as const;
      match.theirs({ ...ours, day: period.from });
      match.ours(ours);
      assert.equal(match.unmatched(), 0);
    }
  });

  it('leave what is younger than the grace to the next time', () => {
    const at = startOfDay(period.from) + DAY_MS / 2;
    const now = { ...period, until: at + GRACE_MS - 1 };
    const ours = { kind: 'capture', reference: 's', authorisation: 'o', amount: 1, currency: 'GBP', at } as const;
    assert.deepEqual(judgeOurs(ours, undefined, now), []);
    assert.deepEqual(
      judgeTheirs({ ...ours, day: period.from }, { movements: [], barred: false, stillHeld: 0 }, now),
      [],
    );
    const later = { ...now, until: now.until + 1 };
    assert.equal(judgeOurs(ours, undefined, later)[0]?.kind, 'missing_at_processor');
    assert.equal(
      judgeTheirs({ ...ours, day: period.from }, { movements: [], barred: false, stillHeld: 0 }, later)[0]?.kind,
      'missing_in_ledger',
    );
  });
});
