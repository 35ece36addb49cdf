import { it } from 'node:test';
import { cartWith, checkout } from '../../scenarios/api.ts';
import type { House } from '../house.ts';
import { signIn } from '../operator.ts';
import { visit } from '../visit.ts';

/** What an operator does with an order, and how the ledger answers for it. */
export function consoleOrderTests(house: () => House): void {
  it('an operator refunds a part of an order, is told what cannot be, and finds out why the ledger says so', async () => {
    const orderId = await paidOrder(house());
    await visit(house(), { expectsFailures: true }, async ({ page }) => {
      await signIn(page, house().adminToken, '/console/orders');
      const main = page.getByRole('main');
      const dialog = page.getByRole('alertdialog');
      await page.getByLabel('Order, shopper or seller').fill(orderId);
      await page.getByRole('button', { name: 'Find' }).click();
      await main.getByText('PaymentCaptured').first().waitFor();

      await page.getByRole('button', { name: 'Refund …' }).click();
      await dialog.getByLabel(/^Pieces of CLB-SMALL/).fill('9');
      await dialog.getByLabel('Why').fill('A cup arrived broken.');
      await dialog.getByRole('button', { name: 'Refund' }).click();
      await dialog.getByText(/not shipped, or they were paid back|more than was captured/).waitFor();
      await dialog.getByLabel(/^Pieces of CLB-SMALL/).fill('1');
      await dialog.getByRole('button', { name: 'Refund' }).click();
      await main.getByText('will be paid back').waitFor();

      for (const said of ['RefundRequested', 'admin kim', 'A cup arrived broken.', 'PaymentRefunded'])
        await main.getByText(said).first().waitFor();
      await page.getByTitle('Nothing is left to cancel.').waitFor();

      await main
        .getByRole('row', { name: /PaymentRefunded/ })
        .getByRole('link', { name: 'Why?' })
        .first()
        .click();
      await page.getByRole('heading', { name: 'Why this entry is there' }).waitFor();
      await main.getByText('A cup arrived broken.').waitFor();
      await main.getByRole('link', { name: 'processor_receivable' }).first().click();
      await main.getByRole('cell', { name: 'Refunded' }).first().waitFor();
      await main.getByRole('link', { name: orderId }).first().waitFor();
      await page.goto('/console/ledger');
      await main.getByText('Debits equal credits: the balances add up to zero.').first().waitFor();
    });
  });
}

/** A paid order; its sellers ship it by themselves. */
async function paidOrder(house: House): Promise<string> {
  const { body } = await checkout(house, await cartWith(house, { 'CLB-SMALL': 2, WCK: 1 }));
  return (body as { orderId: string }).orderId;
}
