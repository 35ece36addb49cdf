import type { Page } from 'playwright-core';

const WORDS = [
  { token: 'Admin token', operator: 'Your name', signIn: 'Sign in' },
  { token: '관리자 토큰', operator: '이름', signIn: '로그인' },
] as const;

/** Comes to a page of the console and signs in there, in whichever language it speaks. */
export async function signIn(page: Page, adminToken: string, path = '/console/'): Promise<void> {
  await page.goto(path);
  await page.getByRole('textbox').first().waitFor();
  const [english, korean] = WORDS;
  const words = (await page.locator('html').getAttribute('lang')) === 'ko' ? korean : english;
  await page.getByLabel(words.token).fill(adminToken);
  await page.getByLabel(words.operator).fill('kim');
  await page.getByRole('button', { name: words.signIn }).click();
  await page.locator('#page-title').waitFor();
}
