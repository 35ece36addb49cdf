import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { House } from '../house.ts';
import { signIn } from '../operator.ts';
import { visit } from '../visit.ts';

/** Who may come into the console, and from where. */
export function consoleDoorTests(house: () => House): void {
  it('the console speaks the operator’s language, and lets nobody in without the token', async () => {
    await visit(house(), { language: 'ko', expectsFailures: true }, async ({ page }) => {
      await page.goto('/console/');
      assert.equal(await page.locator('html').getAttribute('lang'), 'ko');
      await page.getByRole('heading', { name: '운영 콘솔' }).waitFor();
      await page.getByLabel('관리자 토큰').fill('not the token at all');
      await page.getByRole('button', { name: '로그인' }).click();
      await page.getByText('관리자 토큰이 아닙니다.').waitFor();
    });
  });

  it('an operator signs in and out; the session is in a cookie that no script reads, and no other site can use it', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page, context }) => {
      await signIn(page, house().adminToken);
      const [session] = (await context.cookies()).filter(({ name }) => name === 'jangteo_console');
      assert.deepEqual([session?.httpOnly, session?.sameSite, session?.path], [true, 'Strict', '/console']);
      const kept = await page.evaluate('JSON.stringify(Object.entries({ ...localStorage, ...sessionStorage }))');
      assert.ok(!String(kept).includes(house().adminToken), 'the token is not kept in the browser');
      const written = await page.evaluate<number>(
        `fetch('/console/api/admin/hospital', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
          .then(({ status }) => status)`,
      );
      assert.equal(written, 403, 'a write without the session’s token is refused');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Operations console' }).waitFor();
    });
  });
}
