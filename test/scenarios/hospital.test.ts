import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, mock } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommandLine } from '../../src/composition/cli/program.ts';
import { type MemoryShop, memoryShop } from '../../src/composition/memory-shop-harness.ts';
import { intent } from '../../src/platform/event-store/aggregate.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import { call, eventually } from './api.ts';

let shop: MemoryShop;
const home = mkdtempSync(join(tmpdir(), 'jangteo-hospital-'));
const environment = { JANGTEO_HOME: process.env.JANGTEO_HOME, JANGTEO_ADMIN_TOKEN: process.env.JANGTEO_ADMIN_TOKEN };

before(async () => {
  shop = await memoryShop(silentLogger);
  // The command line finds a shop by its data folder.
  writeFileSync(join(home, 'shop.json'), JSON.stringify({ pid: process.pid, url: shop.url, status: 'running' }));
  Object.assign(process.env, { JANGTEO_HOME: home, JANGTEO_ADMIN_TOKEN: shop.adminToken });
});
after(async () => {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await shop[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

/** Asks the API as the operator Kim. */
function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const options = { token: shop.adminToken, headers: { 'jangteo-operator': 'kim', ...headers } };
  return call(shop, method, `/v1/admin/hospital${path}`, body === undefined ? options : { ...options, body });
}

/** What a command prints, and its exit code. */
async function jangteo(...args: string[]): Promise<{ readonly said: string; readonly code: number }> {
  const lines: string[] = [];
  const keep = (...words: unknown[]) => void lines.push(words.join(' '));
  const mocks = [mock.method(console, 'log', keep), mock.method(console, 'error', keep)];
  try {
    await runCommandLine(['node', 'jangteo', 'hospital', ...args]);
    return { said: lines.join('\n'), code: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = 0;
    for (const each of mocks) each.mock.restore();
  }
}

/** A shipment of no order is delivered: the order's rules refuse the news, which goes to the hospital of orders. */
async function deliverForNobody(name: string): Promise<string> {
  const shipping = shop.composition.parts.find((part) => part.name === 'shipping');
  const shipment = shipping?.definition.aggregates.find((aggregate) => aggregate.name === 'shipment');
  assert.ok(shipping !== undefined && shipment !== undefined);
  const shipmentId = `shm_${name}`;
  const request = { shipmentId, orderId: `ord_${name}`, parcelId: 'pcl_1', sellerId: 's', contact: {}, pieces: 1 };
  const booking = { kind: 'recordBooking', carrier: 'Parrot', trackingNumber: '1', now: 2 };
  for (const command of [{ kind: 'request', request, now: 1 }, booking])
    await shipping.store.decide({ intents: [intent(shipment, shipmentId, command)] });
  await shop.composition.calls.ask('shipping', 'recordTransit', { shipmentId, status: 'delivered', at: 3 }, {});
  const { body } = await eventually(
    () => ask('GET', `?service=orders&status=open&subject=${shipmentId}`),
    (answer) => answer.body.items.length === 1,
  );
  return body.items[0].caseId;
}

describe('the error hospital of a whole shop', () => {
  it('shows a failed event and who was told; an edit must fit the contract; the dry run says what would be done', async () => {
    const id = await deliverForNobody('alone');
    const { body: shown } = await eventually(
      () => ask('GET', `/${id}`),
      ({ body }) => body.notices.length > 0,
    );
    assert.deepEqual([shown.notices[0].channel, shown.notices[0].ok], ['log', true]);
    assert.equal(shown.nextNoticeAt, shown.openedAt + 3_600_000);
    const dry = await ask('POST', `/${id}/dry-run`);
    assert.deepEqual([dry.body.verdict, dry.body.failure.code], ['would_fail', shown.failure.code]);
    assert.match((await jangteo('dry-run', id)).said, /would refuse: .*It would fail:/);
    const misfit = await ask('PUT', `/${id}/data`, { data: { ...shown.event.data, orderId: 5 } });
    assert.deepEqual([misfit.status, misfit.body.code], [422, 'data_misfit']);
    const edit = { data: { ...shown.event.data, orderId: 'ord_other' }, note: 'a slip of the pen' };
    const edited = await ask('PUT', `/${id}/data`, edit);
    assert.equal(edited.status, 200);
    const last = edited.body.audit.at(-1);
    assert.deepEqual([last.act, last.by, last.why, last.data], ['edited', 'admin kim', 'a slip of the pen', edit.data]);
    const retried = await jangteo('retry', id, '--as', 'lee', '--note', 'after the edit');
    assert.match(retried.said, /still fails and stays open/);
    assert.equal(retried.code, 1);
  });

  it('keeps an act from being done twice under one key', async () => {
    const id = await deliverForNobody('once');
    const key = { 'idempotency-key': 'a-key-of-kim' };
    const first = await ask('POST', `/${id}/retry`, undefined, key);
    const again = await ask('POST', `/${id}/retry`, undefined, key);
    assert.deepEqual(again.body, first.body);
    assert.equal(first.body.audit.filter(({ act }: { act: string }) => act === 'retried').length, 1);
    const reused = await ask('POST', `/${id}/retry`, { note: 'another wish' }, key);
    assert.deepEqual([reused.status, reused.body.code], [422, 'idempotency_key_reused']);
  });

  it('takes reports, acts on all that fit, and tells of each; the audit holds who and why', async () => {
    const difference = { service: 'payments', kind: 'difference', subject: 'pay_1', detail: 'The books differ by 5.' };
    for (const key of ['d1', 'd2', 'd1']) assert.equal((await ask('POST', '', { ...difference, key })).status, 200);
    const stranger = await ask('POST', '', { ...difference, service: 'nobody', key: 'd3' });
    assert.match(stranger.body.detail, /There is no service nobody here: use .*payments/);
    assert.match(
      (await jangteo('list', '--type', 'difference')).said,
      /^payments\.difference-d1 .*\npayments\.difference-d2 /,
    );
    assert.match((await jangteo('discharge')).said, /Say why it is given up with --reason/);
    assert.match((await jangteo('retry')).said, /Name a case, or say which ones with --service/);
    assert.match((await jangteo('retry', '--older-than', 'old')).said, /"old" is no age: write 30m, 4h or 2d/);
    const refused = await jangteo('retry', '--type', 'difference');
    assert.match(refused.said, /refused +payments\.difference-d1 .*nothing_to_retry[\s\S]*2 refused of 2\./);
    assert.equal(refused.code, 1);
    await pause(2);
    const options = ['--service', 'payments', '--reason', 'booked by hand', '--as', 'lee', '--json'];
    const gone = await jangteo('discharge', ...options);
    assert.deepEqual(
      JSON.parse(gone.said).items.map(({ caseId, outcome }: { caseId: string; outcome: string }) => [caseId, outcome]),
      [
        ['payments.difference-d1', 'done'],
        ['payments.difference-d2', 'done'],
      ],
    );
    assert.match(
      (await jangteo('audit', '--by', 'admin lee', '--service', 'payments')).said,
      /^ {2}payments\.difference-d1 .*discharged by admin lee: booked by hand$/m,
    );
    assert.match((await jangteo('show', 'payments.nothing')).said, /The shop refused: .*unknown_case/);
  });

  it('edits in bulk by a merge patch, and leaves out what does not fit', async () => {
    const ids = [await deliverForNobody('bulk-1'), await deliverForNobody('bulk-2')].sort();
    await pause(2);
    const wish = (patch: object) => ({
      filter: { service: 'orders', subject: 'shm_bulk-1', openedBefore: Date.now() },
      note: 'they meant another order',
      patch,
    });
    const misfit = await ask('POST', '/bulk/edit', wish({ orderId: null }));
    assert.deepEqual([misfit.body.items[0].outcome, misfit.body.items[0].code], ['refused', 'data_misfit']);
    const edited = await ask('POST', '/bulk/edit', wish({ orderId: 'ord_meant' }));
    assert.deepEqual(edited.body.items, [{ caseId: ids[0], outcome: 'done', status: 'open' }]);
    assert.equal((await ask('GET', `/${ids[0]}`)).body.edited.orderId, 'ord_meant');
    const nothing = await ask('POST', '/bulk/edit', { ...wish({}), patch: undefined });
    assert.equal(nothing.body.code, 'validation_failed');
  });

  it('measures its oldest case and what was told', async () => {
    const text = await (await fetch(`${shop.url}/metrics`)).text();
    assert.match(text, /jangteo_hospital_oldest_case_seconds\{service="orders"\} (?!0$)[\d.]+/m);
    assert.match(text, /# TYPE jangteo_hospital_notices_sent_total counter/);
    assert.match(text, /jangteo_hospital_notices_sent_total\{service="orders",channel="log"\} [1-9]/);
  });
});
