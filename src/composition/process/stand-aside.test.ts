import assert from 'node:assert/strict';
import { test } from 'node:test';
import { virtualClock } from '../../platform/clock/virtual.ts';
import { NewerLogFault } from '../../platform/event-store/written.ts';
import { readiness } from '../../platform/http/readiness.ts';
import { silentLogger } from '../../platform/telemetry/silent.ts';
import { standingAside } from './stand-aside.ts';
import type { Tenure } from './tenancy.ts';

const tenure: Tenure = { term: 1, routes: [], stop: async () => undefined };

/** A release whose log is too new for it `times` times, or fails otherwise. */
function release(faults: Error[]) {
  const clock = virtualClock();
  const ready = readiness();
  const aside: string[] = [];
  const lines: string[] = [];
  const membership = {
    standAside(service: string) {
      aside.push(service);
      return () => void aside.splice(aside.indexOf(service), 1);
    },
  };
  const logger = { ...silentLogger, error: (_: object, said: string) => void lines.push(said) };
  const open = standingAside(
    async () => {
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      return tenure;
    },
    { service: 'orders', membership, readiness: ready, clock, logger },
  );
  return { clock, ready, aside, lines, open };
}

const newer = () => new NewerLogFault('OrderPlaced version 3; this release knows up to 2');

test('a release that cannot read a log stands aside, says why, and leads once it can', async () => {
  const { clock, ready, aside, lines, open } = release([newer(), newer()]);
  ready.enter('ready');
  const opening = open({ signal: new AbortController().signal, lost: () => undefined });
  await clock.advance(20_000);
  assert.deepEqual([aside, lines.length], [['orders'], 1]);
  const { ready: isReady, parts } = await ready.read();
  assert.deepEqual(parts, [
    { part: 'orders', ok: false, why: 'Stands aside. OrderPlaced version 3; this release knows up to 2' },
  ]);
  assert.equal(isReady, true, 'its doors still answer for the whole shop');
  assert.equal(await clock.runUntil(opening), tenure);
  assert.deepEqual([aside, (await ready.read()).parts], [[], []]);
});

test('it stands aside no longer when it is told to stop, and what else goes wrong is for others to try again', async () => {
  const stopping = new AbortController();
  const { clock, aside, open } = release([newer(), new Error('the database is away')]);
  const refused = assert.rejects(open({ signal: stopping.signal, lost: () => undefined }), NewerLogFault);
  await clock.advance(1_000);
  stopping.abort();
  await clock.runUntil(refused);
  assert.deepEqual(aside, []);
  await assert.rejects(open({ signal: new AbortController().signal, lost: () => undefined }), /database is away/);
});
