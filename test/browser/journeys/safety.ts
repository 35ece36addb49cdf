import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { it } from 'node:test';
import type { House } from '../house.ts';
import { shopper } from '../shopper.ts';
import { visit } from '../visit.ts';

/** What a page may do, what a script may read, and what another site may do in a shopper's name. */
export function safetyTests(house: () => House): void {
  it('pages allow no inline script and no other origin; what tells who a shopper is, no script reads', async () => {
    await visit(house(), {}, async ({ page, context }) => {
      const answer = await page.goto('/en/p/moon-jar-mug');
      const policy = answer?.headers()['content-security-policy'] ?? '';
      assert.match(policy, /default-src 'self'/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|https?:|\*/);
      await shopper(page, 'en').add('moon-jar-mug');
      const cookies = await context.cookies();
      assert.ok(
        cookies.some(({ name }) => name === 'shopper'),
        'there is a session',
      );
      for (const { name, httpOnly, sameSite } of cookies)
        assert.ok(httpOnly && (sameSite === 'Lax' || sameSite === 'Strict'), `${name} is ${sameSite}`);
      const token = cookies.find(({ name }) => name === 'shopper')?.value ?? '';
      const seen = await page.evaluate('document.cookie + JSON.stringify([localStorage, sessionStorage])');
      assert.ok(!String(seen).includes(token) && !(await page.content()).includes(token), 'the token stays hidden');
    });
  });

  it('another site cannot write in a shopper’s name', async () => {
    await using other = await otherSite(house().url);
    await visit(house(), { expectsFailures: true, otherSite: other.url }, async ({ page, context }) => {
      await shopper(page, 'en').add('celadon-bowl');
      const before = await countOf(page.url(), context);
      const evil = await context.newPage();
      await evil.goto(other.url);
      const refused = evil.waitForResponse((response) => response.request().method() === 'POST');
      await evil.getByRole('button', { name: 'Win a prize' }).click();
      assert.equal((await refused).status(), 403);
      assert.equal(await countOf(page.url(), context), before);
    });
  });
}

type Context = Parameters<Parameters<typeof visit>[2]>[0]['context'];

async function countOf(at: string, context: Context): Promise<number> {
  const answer = await context.request.get(new URL('/web/v1/cart/count', at).href);
  return ((await answer.json()) as { count: number }).count;
}

/** A page of another site with a form that puts something into the cart of whoever presses its button. */
async function otherSite(shopUrl: string) {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Prizes</title>
      <form method="post" action="${shopUrl}/en/cart/lines"><input type="hidden" name="sku" value="CLB-SMALL">
      <button>Win a prize</button></form>`),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
