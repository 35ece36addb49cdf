import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { formatNumber } from '../../parts/figures.tsx';
import { TextInput } from '../../parts/inputs.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { When } from '../../parts/When.tsx';
import { adminApi, answerOf, newKey } from '../../server/client.ts';
import { stockQuery } from './product-data.ts';
import styles from './products.module.css';
import { ProductSections } from './Sections.tsx';
import { productWords } from './words.ts';

/** The stock of one SKU: where it is, who counted it, and counting it. */
export function SkuPage() {
  const { sku } = useParams({ from: '/products/stock/$sku' });
  const words = useWords(productWords);
  const { language } = useLanguage();
  const query = useQuery(stockQuery(sku));
  const count = (pieces: number) => formatNumber(pieces, language);
  return (
    <Page title={`${words.stock}: ${sku}`} lead={<Holder sku={sku} />}>
      <ProductSections />
      <Answer query={query}>
        {({ onHand, reserved, sold, locations, counts }) => (
          <>
            <Panel title={words.byLocation} actions={<CopyId id={sku} />}>
              <div className={styles.stack}>
                <div className={styles.figures}>
                  <span>
                    <strong>{count(onHand)}</strong>
                    {words.onHand}
                  </span>
                  <span>
                    <strong>{count(reserved)}</strong>
                    {words.reserved}
                  </span>
                  <span>
                    <strong>{count(sold)}</strong>
                    {words.sold}
                  </span>
                </div>
                <DataTable
                  caption={words.byLocation}
                  rows={locations}
                  keyOf={({ location }) => location}
                  columns={[
                    { key: 'location', head: words.location, cell: ({ location }) => location },
                    { key: 'onHand', head: words.onHand, align: 'end', cell: (at) => count(at.onHand) },
                  ]}
                />
              </div>
            </Panel>
            <Panel title={words.countTitle}>
              <Count sku={sku} locations={locations} />
            </Panel>
            <Panel title={words.counts}>
              <DataTable
                caption={words.counts}
                rows={counts}
                keyOf={({ at, location }) => `${at} ${location}`}
                empty={words.countsNone}
                columns={[
                  { key: 'at', head: words.at, cell: ({ at }) => <When at={at} /> },
                  { key: 'location', head: words.location, cell: ({ location }) => location },
                  { key: 'onHand', head: words.counted, align: 'end', cell: (counted) => count(counted.onHand) },
                  { key: 'by', head: words.by, cell: ({ by = '' }) => by },
                  { key: 'why', head: words.reason, cell: ({ reason = '' }) => reason },
                ]}
              />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Holder({ sku }: { readonly sku: string }) {
  const words = useWords(productWords);
  const query = useQuery({
    queryKey: ['product', 'of', sku],
    queryFn: () =>
      answerOf(adminApi.GET('/v1/admin/products', { params: { query: { sku, status: 'on_sale', limit: 1 } } })),
  });
  const productId = query.data?.items[0]?.productId;
  if (query.data === undefined) return <>{sku}</>;
  if (productId === undefined) return <>{words.noProduct}</>;
  return (
    <Link to="/products/$productId" params={{ productId }}>
      {words.toProduct}
    </Link>
  );
}

interface CountProps {
  readonly sku: string;
  readonly locations: readonly { readonly location: string; readonly onHand: number }[];
}

function Count({ sku, locations }: CountProps) {
  const words = useWords(productWords);
  const client = useQueryClient();
  const [location, setLocation] = useState(locations[0]?.location ?? 'main');
  const [pieces, setPieces] = useState('');
  const [note, setNote] = useState('');
  const [done, setDone] = useState(false);
  const before = locations.find((each) => each.location === location)?.onHand ?? 0;
  const isCount = /^\d{1,9}$/.test(pieces);
  const now = Number(pieces);
  const signed = now - before > 0 ? `+${now - before}` : String(now - before);

  const set = async () => {
    await answerOf(
      adminApi.PUT('/v1/admin/stock/{sku}', {
        params: { path: { sku }, header: { 'Idempotency-Key': newKey() } },
        body: { onHand: now, location, note },
      }),
    );
    await client.invalidateQueries({ queryKey: ['stock'] });
    setPieces('');
    setNote('');
    setDone(true);
  };
  return (
    <div className={styles.stack}>
      {done ? <Notice kind="success">{words.setDone}</Notice> : null}
      <p className={styles.soft}>{words.countLead}</p>
      <div className={styles.two}>
        <TextInput
          label={words.location}
          value={location}
          list="known-locations"
          onChange={({ target }) => setLocation(target.value)}
        />
        <datalist id="known-locations">
          {locations.map((each) => (
            <option key={each.location} value={each.location} />
          ))}
        </datalist>
        <TextInput
          label={words.counted}
          inputMode="numeric"
          value={pieces}
          hint={isCount ? words.difference(signed) : undefined}
          onChange={({ target }) => setPieces(target.value.trim())}
        />
        <TextInput
          label={words.reason}
          hint={words.reasonHint}
          value={note}
          maxLength={500}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
      <div>
        <ConfirmDialog
          trigger={
            <Button size="small" kind="primary" disabled={!isCount || note.trim() === ''}>
              {words.setStock}
            </Button>
          }
          title={words.setTitle}
          confirm={words.setStock}
          onConfirm={set}
        >
          <p>{words.setText(sku, location, before, now)}</p>
        </ConfirmDialog>
      </div>
    </div>
  );
}
