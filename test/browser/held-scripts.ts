import type { Page } from 'playwright-core';

/** The scripts of a page on a slow connection. */
export interface HeldScripts {
  /** From now on they do not arrive. */
  hold(): void;
  /** Those that were asked for arrive, and whichever are asked for later. */
  arrive(): void;
}

/** Holds every script that the page asks for until it is let go. */
export async function heldScripts(page: Page): Promise<HeldScripts> {
  let held = Promise.withResolvers<void>();
  await page.route('**/*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  return {
    hold() {
      held = Promise.withResolvers();
    },
    arrive: () => held.resolve(),
  };
}
