import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { House } from '../house.ts';
import { signIn } from '../operator.ts';
import { visit } from '../visit.ts';

const FILE = [
  'seller,product,sku,category,title_en,title_ko,price,currency,on_hand',
  'maru-home,desk-lamp,LAMP-1,home,Desk lamp,책상 등,12.50,GBP,7',
  'maru-home,desk-lamp,LAMP-1,home,Desk lamp,책상 등,cheap,KRW,7',
  'nobody,"vase, tall",VASE,home,Vase,꽃병,9,GBP,1',
].join('\n');

/** What an operator does with products: a file with mistakes in it, then the product itself, then its stock. */
export function consoleImportTests(house: () => House): void {
  it('an import says row by row what is wrong; the product it brought is edited, and its stock counted', async () => {
    await visit(house(), { expectsFailures: true }, async ({ page }) => {
      await signIn(page, house().adminToken, '/console/products/import');
      const file = { name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) };
      await page.getByLabel('CSV file').setInputFiles(file);
      await page.getByText('spring.csv: 3 rows').waitFor();
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await page.getByText('price must be more than zero').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: /Download the rejected rows/ }).click(),
      ]);
      const rejected = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
      assert.match(rejected[1] ?? '', /,cheap,KRW,7,3,price,/);
      assert.match(rejected[2] ?? '', /^nobody,"vase, tall",VASE.*,4,product,/);
      await page.reload();
      await page.getByText('price must be more than zero').waitFor();

      await page.goto('/console/products/desk-lamp');
      const price = page.getByLabel('Price in GBP');
      const save = page.getByRole('button', { name: 'Save' });
      await price.fill('1,5');
      await save.click();
      await page.getByText('Write a price like 12.50.').waitFor();
      await price.fill('19.95');
      await page.getByLabel('Seller id').fill('nobody');
      await save.click();
      await page.getByText('There is no seller nobody.').waitFor();
      await page.getByLabel('Seller id').fill('maru-home');
      await save.click();
      await page.getByText('Saved. The shop shows it now.').waitFor();

      await page.goto('/console/products/stock/LAMP-1');
      await page.getByLabel('Pieces there').fill('3');
      await page.getByLabel('Why').fill('a stocktake');
      await page.getByRole('button', { name: 'Set the stock' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Set the stock' }).click();
      await page.getByRole('cell', { name: 'a stocktake' }).waitFor();
      const { variants } = (await (await fetch(`${house().url}/v1/products/desk-lamp`)).json()) as {
        variants: { prices: unknown }[];
      };
      assert.deepEqual(variants[0]?.prices, [{ amount: 1_995, currency: 'GBP' }]);
    });
  });
}
