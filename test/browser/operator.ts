import type { Page } from 'playwright-core';

/** Comes to a page of the console in English and signs in there. */
export async function signIn(page: Page, adminToken: string, path = '/console/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Admin token').fill(adminToken);
  await page.getByLabel('Your name').fill('kim');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('navigation', { name: 'Console' })
    .or(page.getByRole('button', { name: 'Menu' }))
    .first()
    .waitFor();
}
