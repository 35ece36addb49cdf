import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../test/browser/chromium.ts';
import { median } from './load/latencies.ts';

/** How much slower the page's processor is than this machine's. */
export const THROTTLING = 4;
const VISITS = 7;
const SETTLED_MS = 700;
const LOADED_WITHIN_MS = 60_000;

export const SCREENS = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } } as const;

/** Runs in the page before anything of its own does. */
const WATCH_PAINTS = `new PerformanceObserver((paints) => {
  globalThis.largestPaintMs = paints.getEntries().at(-1).startTime;
}).observe({ type: 'largest-contentful-paint', buffered: true })`;

/** What a first visit of a page came to. */
export interface PageVisit {
  /** Largest Contentful Paint, in ms from the navigation's start. */
  readonly largestPaintMs: number;
  /** What came over the wire, in bytes, heads counted in. */
  readonly scriptBytes: number;
  readonly allBytes: number;
}

/** Opens a browser for `task`, and closes it again. Throws when there is none. */
export async function withBrowser<Result>(task: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await openBrowser();
  try {
    return await task(browser);
  } finally {
    await browser.close();
  }
}

/** Visits a page again and again with a slow processor, each time as a newcomer with nothing cached: the medians. */
export async function visits(browser: Browser, url: string, screen: keyof typeof SCREENS): Promise<PageVisit> {
  const taken: PageVisit[] = [];
  for (let visit = 0; visit < VISITS; visit++) taken.push(await newcomer(browser, url, screen));
  const of = (value: (visit: PageVisit) => number) => median(taken.map(value));
  return {
    largestPaintMs: of(({ largestPaintMs }) => largestPaintMs),
    scriptBytes: of(({ scriptBytes }) => scriptBytes),
    allBytes: of(({ allBytes }) => allBytes),
  };
}

async function newcomer(browser: Browser, url: string, screen: keyof typeof SCREENS): Promise<PageVisit> {
  const context = await browser.newContext({ viewport: SCREENS[screen], locale: 'en-GB' });
  try {
    const page = await context.newPage();
    const transferred = await countBytes(page);
    await page.addInitScript(WATCH_PAINTS);
    await page.goto(url, { waitUntil: 'load', timeout: LOADED_WITHIN_MS });
    await page.waitForLoadState('networkidle', { timeout: LOADED_WITHIN_MS }).catch(() => undefined);
    await page.waitForTimeout(SETTLED_MS);
    const largestPaintMs = await page.evaluate<number | undefined>('globalThis.largestPaintMs');
    if (largestPaintMs === undefined) throw new Error(`${url} painted nothing`);
    return { largestPaintMs, ...transferred };
  } finally {
    await context.close();
  }
}

/** Slows the page's processor down and counts what it loads; the object is filled while the page loads. */
async function countBytes(page: Page): Promise<{ scriptBytes: number; allBytes: number }> {
  const counted = { scriptBytes: 0, allBytes: 0 };
  const scripts = new Set<string>();
  const session = await page.context().newCDPSession(page);
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script' || /javascript/.test(response.mimeType)) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    counted.allBytes += encodedDataLength;
    if (scripts.has(requestId)) counted.scriptBytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLING });
  return counted;
}
