import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { House } from '../house.ts';
import { orderWithMisdirectedParcel, WRONG_ORDER } from '../misdirected.ts';
import { signIn } from '../operator.ts';
import { admin } from '../shopper.ts';
import { visit } from '../visit.ts';

/** A message that the shop could not handle, and the operator who mends it. */
export function hospitalTests(house: () => House): void {
  it('an operator finds a failed message, edits it, tries it dry, retries it, and sees the order complete', async () => {
    const { orderId, shipmentId } = await orderWithMisdirectedParcel(house());
    await visit(house(), { expectsFailures: true }, async ({ page }) => {
      await signIn(page, house().adminToken, '/console/');
      await page.getByRole('navigation').getByRole('link', { name: 'Error hospital' }).click();
      await page.getByRole('heading', { level: 1, name: 'Error hospital' }).waitFor();
      const row = page.getByRole('row').filter({ hasText: shipmentId });
      await row.getByRole('link').first().click();
      const main = page.getByRole('main');
      await main.getByText('Refused by the rules').waitFor();
      const message = page.getByRole('textbox', { name: 'Message' });
      const data = await message.inputValue();
      assert.ok(data.includes(WRONG_ORDER), data);

      await page.getByRole('button', { name: 'Dry run', exact: true }).click();
      await main.getByText('Dry run: It would fail').waitFor();
      await message.fill(data.replace(WRONG_ORDER, orderId));
      await page.getByRole('button', { name: 'Save the edit' }).click();
      await main.getByText('The edit is saved.').waitFor();
      await page.getByRole('button', { name: 'Dry run', exact: true }).click();
      await main.getByText('Dry run: It would succeed').waitFor();

      await page.getByRole('button', { name: 'Retry …' }).click();
      const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
      await dialog.getByLabel('Why').fill('The label named another order.');
      await dialog.getByRole('button', { name: 'Retry', exact: true }).click();
      await main.getByText('Handled. The case is closed.').waitFor();
      for (const act of ['Edited', 'Retried', 'The label named another order.'])
        await main.getByText(act).first().waitFor();

      await page.goto(`/console/orders/${orderId}`);
      await main.getByText('Delivered').first().waitFor();
    });
    const order = (await admin(house(), `/v1/admin/orders/${orderId}`)) as { status: string };
    assert.equal(order.status, 'delivered');
  });
}
