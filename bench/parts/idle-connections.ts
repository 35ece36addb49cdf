import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { checkout, newRun } from '../checkout-journey.ts';
import type { Figure } from '../figures.ts';
import { closedLoop, type LoadResult } from '../load/closed-loop.ts';
import { type Connection, getRequest, openConnection } from '../load/connection.ts';
import { type Listener, openListener } from '../load/listener.ts';
import { residentMb } from '../load/processes.ts';
import type { Part, Run } from '../part.ts';
import { caughtUp } from '../settled.ts';
import type { BenchShop } from '../shop.ts';
import { checkouts } from './checkouts.ts';
import { watchMemory } from './memory.ts';

const IDLE = 10_000;
/** The shop lets one shopper hold this many streams. */
const STREAMS_A_SHOPPER = 20;
const OPENED_AT_ONCE = 100;
const ADDRESSES = 8;
/** What the shop and this process open beside. */
const SPARE_FILES = 1_000;

/**
 * C10K: half of the connections have asked once and say nothing, half listen to an order of theirs. Memory is taken from a shop
 * started anew, so that what earlier loads left free hides nothing.
 */
export const idleConnectionsPart: Part = {
  name: 'c10k',
  takes: ({ seconds }) => 3 * loadSeconds(seconds) + 40,
  async measure(run) {
    const shop = await run.freshShop();
    const count = Math.min(IDLE, openFilesLimit() - SPARE_FILES);
    // The first load of a process compiles it and lets its heap grow, whatever is connected.
    await load(run, shop, 'checkouts, to warm up');
    const alone = await load(run, shop, 'checkouts before the idle connections');
    const streams = await watchedOrders(run, shop, Math.ceil(count / 2 / STREAMS_A_SHOPPER));
    await pause(2_000);
    const before = residentMb(shop.pid);
    run.progress(`${count.toLocaleString('en')} idle connections`);
    const idle = await openIdle(shop, Math.floor(count / 2));
    const listeners = await openStreams(shop, streams, Math.ceil(count / 2));
    try {
      await pause(1_000);
      const held = residentMb(shop.pid) - before;
      const beside = await load(run, shop, 'checkouts beside them');
      const alive = await stillAlive(idle);
      const listening = listeners.filter((each) => each.alive && each.events > 0).length;
      return [
        {
          name: 'idle connections alive at the end',
          value: alive + listening,
          unit: '',
          bar: { atLeast: IDLE },
          note: `${alive.toLocaleString('en')} keep-alive, asked once more; ${listening.toLocaleString('en')} event streams`,
        },
        ...memoryFigures(held, alone.peakMb, beside.peakMb),
        ...checkoutFigures(alone.load, beside.load),
      ];
    } finally {
      for (const each of [...idle, ...listeners]) each.close();
    }
  },
};

const loadSeconds = (seconds: number) => Math.max(3, Math.round(seconds / 3));

async function load(run: Run, shop: BenchShop, how: string): Promise<{ load: LoadResult; peakMb: number }> {
  run.progress(how);
  const memory = watchMemory(shop);
  const result = await closedLoop(checkouts(shop, run.shoppers, loadSeconds(run.seconds), run.skus));
  const { residentMb: peakMb } = await memory.stop();
  await caughtUp(shop);
  return { load: result, peakMb };
}

interface Watched {
  readonly orderId: string;
  readonly token: string;
}

async function watchedOrders(run: Run, shop: BenchShop, count: number): Promise<readonly Watched[]> {
  const connection = await openConnection(shop.port);
  const key = newRun();
  const bought: Watched[] = [];
  for (let at = 0; at < count; at++) bought.push(await checkout(connection, run.skus[at] ?? '', `${key}-${at}`));
  connection.close();
  return bought;
}

async function openIdle(shop: BenchShop, count: number): Promise<readonly Connection[]> {
  return openMany(count, async (at) => {
    const connection = await openConnection(shop.port, addressOf(at));
    await connection.statusOf(getRequest('/healthz'));
    return connection;
  });
}

async function openStreams(shop: BenchShop, orders: readonly Watched[], count: number): Promise<readonly Listener[]> {
  return openMany(count, (at) => {
    const { orderId, token } = orders[at % orders.length] as Watched;
    return openListener(shop.port, addressOf(at), `/v1/orders/${orderId}/events`, token);
  });
}

async function openMany<Opened>(count: number, open: (at: number) => Promise<Opened>): Promise<readonly Opened[]> {
  const opened: Opened[] = [];
  for (let from = 0; from < count; from += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - from) }, (_, at) => open(from + at));
    opened.push(...(await Promise.all(some)));
  }
  return opened;
}

/** Asks each connection once more; one that was closed meanwhile cannot answer. */
async function stillAlive(idle: readonly Connection[]): Promise<number> {
  let alive = 0;
  for (const connection of idle) {
    if (!connection.alive) continue;
    const status = await connection.statusOf(getRequest('/healthz')).catch(() => 0);
    if (status === 200) alive++;
  }
  return alive;
}

function memoryFigures(heldMb: number, aloneMb: number, besideMb: number): readonly Figure[] {
  return [
    {
      name: 'extra memory of the shop for them',
      value: Math.max(heldMb, besideMb - aloneMb),
      unit: 'MB',
      bar: { atMost: 200 },
      note: `idle ${heldMb.toFixed(0)} MB; most under load ${besideMb.toFixed(0)} MB with them, ${aloneMb.toFixed(0)} MB without`,
    },
  ];
}

function checkoutFigures(alone: LoadResult, beside: LoadResult): readonly Figure[] {
  const failures = alone.failed + beside.failed;
  return [
    {
      name: 'checkouts with them, of those without',
      value: (100 * beside.perSecond) / alone.perSecond,
      unit: '%',
      bar: { atLeast: 90 },
      note:
        `${Math.round(beside.perSecond).toLocaleString('en')}/s, p99 ${beside.latencies.p99.toFixed(0)} ms; without ` +
        `${Math.round(alone.perSecond).toLocaleString('en')}/s, p99 ${alone.latencies.p99.toFixed(0)} ms` +
        (failures === 0 ? '' : `; ${failures} FAILED: ${alone.firstFailure ?? beside.firstFailure}`),
    },
  ];
}

function addressOf(at: number): string {
  return `127.0.0.${2 + (at % ADDRESSES)}`;
}

function openFilesLimit(): number {
  const line = /^Max open files +\d+ +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
  return Number(line?.[1] ?? 1_024);
}
