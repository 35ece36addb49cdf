import assert from 'node:assert/strict';
import { it } from 'node:test';
import { cartWith, checkout, eventually } from '../../scenarios/api.ts';
import type { House } from '../house.ts';
import { signIn } from '../operator.ts';
import { admin } from '../shopper.ts';
import { visit } from '../visit.ts';

const WRONG_ORDER = 'ord_somebody-elses';

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

/** A paid order whose parcel is delivered in the name of another: the news is in the hospital when this answers. */
async function orderWithMisdirectedParcel(house: House) {
  const cart = await cartWith(house, { 'CLB-SMALL': 1 });
  const { body } = await checkout(house, cart);
  const { orderId } = body as { orderId: string };
  const { parcels } = (await admin(house, `/v1/admin/orders/${orderId}`)) as { parcels: { parcelId: string }[] };
  const parcelId = parcels[0]?.parcelId ?? '';
  const shipmentId = await house.shop.misdirect({ orderId, parcelId, wrongOrderId: WRONG_ORDER });
  await eventually(
    () => admin(house, `/v1/admin/hospital?service=orders&status=open&subject=${shipmentId}`),
    (found) => (found as { items: unknown[] }).items.length === 1,
  );
  return { orderId, shipmentId };
}
