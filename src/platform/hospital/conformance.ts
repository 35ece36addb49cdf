import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallContract } from '../../kernel/contract.ts';
import { done } from '../../kernel/outcome.ts';
import { localCalls } from '../calls/local.ts';
import { intent } from '../event-store/aggregate.ts';
import { ConflictFault } from '../event-store/port.ts';
import { notes, scratch } from '../subscriptions/two-services-spec.ts';
import { silentLogger } from '../telemetry/silent.ts';
import { admissions } from './admissions.ts';
import { answered, type Clinic, codeOf, type OpenedStorage, openClinic } from './hospital-harness.ts';
import { revisionOf } from './port.ts';
import { rehearsalPolicy } from './rehearsal.ts';

const kim = { by: 'kim' };
const lee = { by: 'lee' };
const keyed = (key: string, bodyHash = 'body') => ({ ...kim, repeat: { key, bodyHash } });

/** The promise of the hospital as a suite: on every storage it is the same. `open` gives a fresh, empty storage. */
export function hospitalConformance(name: string, open: () => Promise<OpenedStorage>): void {
  const on =
    (check: (clinic: Clinic) => Promise<void>, wishes: Parameters<typeof openClinic>[1] = {}) =>
    async () => {
      const { storage, drop } = await open();
      const clinic = await openClinic(storage, wishes);
      try {
        await check(clinic);
      } finally {
        await clinic.close();
        await drop();
      }
    };

  describe(`hospital: ${name}`, () => {
    it(
      'shows what failed, why, and what waits; a retry cures it, and the rest follows in order',
      on(async ({ hospital, admitted, noted }) => {
        const id = await admitted('a', 1, 2, 3);
        const shown = answered(await hospital.show(id));
        assert.deepEqual(
          [shown.case.failure.detail, shown.case.waiting, shown.waiting.map(({ data }) => data.n)],
          ['cannot take 1', 2, [2, 3]],
        );
        assert.equal(shown.nextNoticeAt, shown.case.openedAt);
        const cured = answered(await hospital.retry(id, { ...kim, why: 'the partner is back' }));
        assert.deepEqual(
          [cured.status, cured.audit[1]?.by, cured.audit[1]?.why],
          ['closed', 'kim', 'the partner is back'],
        );
        assert.deepEqual(await noted('a'), [1, 2, 3]);
      }),
    );

    it(
      'two operators who act at once settle it once',
      on(async ({ hospital, admitted, noted }) => {
        const one = await admitted('a', 1, 2);
        const both = await Promise.all([hospital.retry(one, kim), hospital.retry(one, lee)]);
        const two = await admitted('b', 3, 4);
        const mixed = await Promise.all([hospital.retry(two, kim), hospital.discharge(two, { ...lee, why: 'a test' })]);
        for (const outcome of [...both, ...mixed]) {
          assert.ok(outcome.kind === 'done' || codeOf(outcome) === 'case_closed');
        }
        assert.deepEqual(await noted('a'), [1, 2]);
        const { settledBy, audit } = answered(await hospital.show(two)).case;
        assert.deepEqual(await noted('b'), settledBy === 'retry' ? [3, 4] : [4]);
        assert.equal(audit.filter(({ act }) => act === 'retried' || act === 'discharged').length, 1);
      }),
    );

    it(
      'an act on a case that somebody else has changed since it was seen is told so, and nothing is lost',
      on(async ({ hospital, admitted, ill, noted }) => {
        ill.add(1);
        const id = await admitted('a', 1);
        const seen = revisionOf(answered(await hospital.show(id)).case);
        const edits = await Promise.all([
          hospital.edit(id, { ...kim, revision: seen }, { n: 7 }),
          hospital.edit(id, { ...lee, revision: seen }, { n: 8 }),
        ]);
        assert.deepEqual(edits.map((outcome) => (outcome.kind === 'done' ? 'done' : codeOf(outcome))).sort(), [
          'case_changed',
          'done',
        ]);
        const won = edits[0]?.kind === 'done' ? 7 : 8;
        const late = await hospital.discharge(id, { ...lee, revision: seen });
        assert.equal(late.kind === 'rejected' && late.rejection.extra?.by, won === 7 ? 'kim' : 'lee');
        const rehearsed = answered(await hospital.dryRun(id, { ...kim, revision: seen + 1 }));
        assert.equal(rehearsed.wouldSucceed, true);
        answered(await hospital.retry(id, { ...kim, revision: seen + 1 }));
        assert.deepEqual(await noted('a'), [won]);
      }),
    );

    it(
      'an act with a key is done once, and the key is for nothing else',
      on(async ({ hospital, admitted, ill, heard }) => {
        ill.add(1);
        const id = await admitted('a', 1);
        const first = answered(await hospital.retry(id, keyed('k1')));
        const again = answered(await hospital.retry(id, keyed('k1')));
        assert.deepEqual(again, first);
        assert.deepEqual([heard, again.failure.attempts], [[1], 2]);
        assert.equal(codeOf(await hospital.retry(id, keyed('k1', 'another'))), 'idempotency_key_reused');
        assert.equal(codeOf(await hospital.discharge(id, keyed('k1'))), 'idempotency_key_reused');
        const gone = answered(await hospital.discharge(id, { ...keyed('k2'), why: 'ordered by mistake' }));
        assert.deepEqual(answered(await hospital.discharge(id, keyed('k2'))), gone);
        assert.equal(codeOf(await hospital.discharge(id, keyed('k3'))), 'case_closed');
      }),
    );

    it(
      'edited data must fit the contract, and is what the next retry handles',
      on(async ({ hospital, admitted, ill, noted }) => {
        ill.add(1);
        const id = await admitted('a', 1, 2);
        for (const data of [{ n: 'one' }, {}, { n: 1, more: true }])
          assert.equal(codeOf(await hospital.edit(id, kim, data)), 'data_misfit');
        assert.equal(answered(await hospital.show(id)).case.edited, undefined);
        const edited = answered(await hospital.edit(id, { ...kim, why: 'a slip' }, { n: 7 }));
        const { data, why } = edited.audit.at(-1) ?? {};
        assert.deepEqual([data, why], [{ n: 7 }, 'a slip']);
        answered(await hospital.retry(id, kim));
        assert.deepEqual(await noted('a'), [7, 2]);
      }),
    );

    const calls = localCalls(silentLogger);
    const asked: string[] = [];
    const call = (kind: 'command' | 'query'): CallContract<object, number> => {
      return { kind, request: {}, answer: {}, rejections: [] };
    };
    const bank = { service: 'bank', events: {}, calls: { pay: call('command'), rate: call('query') } } as const;
    const handlers = {
      pay: async () => done(asked.push('pay')),
      rate: async () => done(asked.push('rate')),
    };
    calls.serve(bank, handlers, rehearsalPolicy(bank, false));
    const shop = calls.client(bank);
    it(
      'a dry run has no effect outside: it asks queries, and tells what it would call and write',
      on(
        async ({ hospital, admitted, noted, storage }) => {
          const calling = answered(await hospital.dryRun(await admitted('a', 1), kim));
          assert.deepEqual([calling.verdict, calling.wouldSucceed], ['cannot_be_foreseen', false]);
          assert.match(calling.said, /It would call bank\.pay, which was not done\. .*cannot be foreseen/);
          const writing = answered(await hospital.dryRun(await admitted('b', 2), kim));
          assert.match(writing.said, /It would write notes\/aside, scratch\/k, which was not done/);
          const swallowing = answered(await hospital.dryRun(await admitted('c', 3), kim));
          assert.deepEqual([swallowing.verdict, swallowing.intents.length], ['cannot_be_foreseen', 1]);
          const asking = answered(await hospital.dryRun(await admitted('d', 4), kim));
          assert.deepEqual([asking.verdict, asking.said], ['would_succeed', 'It would append Noted to notes/d.']);
          assert.deepEqual(asking.outward, [{ kind: 'query', what: 'bank.rate', done: true }]);
          assert.deepEqual(asked, ['rate']);
          for (const subject of ['a', 'b', 'c', 'd', 'aside']) assert.deepEqual(await noted(subject), []);
          assert.equal((await storage.documents(scratch, 0, ['k'])).size, 0);
          const [sick] = await hospital.list({ subject: 'a', limit: 1 });
          answered(await hospital.retry(sick?.id ?? '', kim));
          assert.deepEqual(asked, ['rate', 'pay']);
          asked.length = 0;
        },
        {
          async on(n, store) {
            if (n === 1) await shop.pay({});
            if (n === 2) {
              const document = { collection: scratch, generation: 0, key: 'k', body: {} };
              await store.decide({ intents: [intent(notes, 'aside', { n })], documents: [document] });
            }
            if (n === 3) await shop.pay({}).catch(() => undefined);
            if (n === 4) await shop.rate({});
          },
        },
      ),
    );

    it(
      'a case that a service reports has its own action, committed with its end',
      on(
        async ({ hospital, store, storage, noted }) => {
          const report = { kind: 'refused', key: 'pay/1', subject: 'pay', detail: 'The bank refused.', data: { n: 5 } };
          const { admit, admitting } = admissions({ store, storage, clock: { now: Date.now, after: () => () => {} } });
          await store.decide({ intents: [], documents: admitting({ ...report, action: 'noteDown' }) });
          await assert.rejects(store.decide({ intents: [], documents: admitting(report) }), ConflictFault);
          const opened = await admit(report);
          assert.equal(opened.action, 'noteDown');
          assert.deepEqual((await hospital.status()).reported, { refused: 1 });
          assert.equal(answered(await hospital.dryRun(opened.id, kim)).said, 'It would append Noted to notes/pay.');
          answered(await hospital.retry(opened.id, kim));
          assert.equal(codeOf(await hospital.retry(opened.id, kim)), 'case_closed');
          assert.deepEqual([await noted('pay'), (await hospital.status()).reported], [[5], {}]);
          const other = await hospital.admit({ ...report, key: 'pay/2' });
          assert.equal(codeOf(await hospital.retry(other.id, kim)), 'nothing_to_retry');
          const bad = await hospital.admit({ ...report, key: 'pay/3', data: { n: -5 }, action: 'noteDown' });
          const kept = answered(await hospital.retry(bad.id, kim));
          assert.deepEqual([kept.status, kept.failure.code, await noted('pay')], ['open', 'negative', [5]]);
        },
        {
          actions: {
            noteDown: async ({ subject, data }) => done({ intents: [intent(notes, subject, { n: Number(data.n) })] }),
          },
        },
      ),
    );

    it(
      'finds cases by type, code, subject and age, page by page',
      on(async ({ hospital, admitted }) => {
        for (const subject of ['a', 'b', 'c']) await admitted(subject, 1);
        await hospital.admit({ kind: 'difference', key: 'd1', subject: 'b', detail: 'It differs.' });
        const found = async (filter: object) =>
          (await hospital.list({ limit: 10, ...filter }))
            .map(({ subject, failure }) => `${subject} ${failure.code}`)
            .sort();
        assert.deepEqual(await found({ type: 'Said' }), ['a Error', 'b Error', 'c Error']);
        assert.deepEqual(await found({ subject: 'b' }), ['b Error', 'b difference']);
        assert.deepEqual(await found({ code: 'difference', status: 'open' }), ['b difference']);
        const [first] = await hospital.list({ type: 'Said', limit: 1 });
        assert.deepEqual(await found({ openedBefore: first?.openedAt }), []);
        assert.ok(first !== undefined);
        const rest = await found({ type: 'Said', after: first });
        assert.deepEqual([first.subject, rest], ['a', ['b Error', 'c Error']]);
        assert.equal((await hospital.status()).oldestOpenedAt, first.openedAt);
      }),
    );
  });
}
