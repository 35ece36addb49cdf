import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export type Language = 'en' | 'ko';

/** A phone and a desktop, in CSS pixels. */
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1440, height: 900 };

export interface VisitOptions {
  /** What the browser asks for; default English. */
  readonly language?: Language;
  readonly size?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
  /** Default true. */
  readonly javaScript?: boolean;
  /** Refusals and outages belong to this journey: the browser's notes of failed requests are no fault. Default false. */
  readonly expectsFailures?: boolean;
  /** Another site that this journey goes to; default none. */
  readonly otherSite?: string;
}

/** A person with a browser of their own at the shop's address. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** What every journey has: where the shop is, and the one browser. */
export interface Site {
  readonly url: string;
  readonly browser: Browser;
}

const STEP_MS = 30_000;
const LOAD_FAILURE = /^Failed to load resource/;

/**
 * A journey of a new visitor with no cookies. Fails with the journey, and when a page of it throws, writes an error to the console
 * (which is where violations of the Content-Security-Policy are told), or asks another origin for anything.
 */
export async function visit(
  { url, browser }: Site,
  {
    language = 'en',
    size = DESKTOP,
    dark = false,
    javaScript = true,
    expectsFailures = false,
    otherSite,
  }: VisitOptions,
  journey: (visitor: Visitor) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: size,
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    timezoneId: language === 'ko' ? 'Asia/Seoul' : 'Europe/London',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: javaScript,
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(STEP_MS);
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(`a page threw ${error.error().stack ?? error.error()}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' || (expectsFailures && LOAD_FAILURE.test(message.text()))) return;
    faults.push(`${message.text()} (${message.location().url})`);
  });
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (/^https?:$/.test(asked.protocol) && asked.origin !== new URL(url).origin && asked.origin !== otherSite)
      faults.push(`a request left for ${asked.origin}`);
  });
  try {
    const page = await context.newPage();
    try {
      await journey({ page, context });
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Error(`${why}${await whatWasSeen(context, faults)}`, { cause: error });
    }
    assert.deepEqual(faults, [], 'no page throws, violates its policy, or asks another origin');
  } finally {
    await context.close();
  }
}

/** What stood on the screen, for whoever reads why a journey failed. */
async function whatWasSeen(context: BrowserContext, faults: readonly string[]): Promise<string> {
  const pages = context.pages().map(async (page) => {
    const seen = await page
      .locator('body')
      .ariaSnapshot({ timeout: 2_000 })
      .catch(() => 'nothing');
    return `\nat ${page.url()}:\n${seen.slice(0, 4_000)}`;
  });
  return [...(await Promise.all(pages)), ...faults.map((fault) => `\n${fault}`)].join('');
}
