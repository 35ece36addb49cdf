import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { formatNumber } from '../../parts/figures.tsx';
import { stockQuery } from './product-data.ts';
import { productWords } from './words.ts';

export interface Level {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly sold: number;
}

/** What there is of each SKU, as rows. */
export function Levels({ levels }: { readonly levels: readonly Level[] }) {
  const words = useWords(productWords);
  const { language } = useLanguage();
  const count = (pieces: number) => formatNumber(pieces, language);
  return (
    <DataTable
      caption={words.stockList}
      rows={levels}
      keyOf={({ sku }) => sku}
      empty={words.stockNone}
      toneOf={({ onHand }) => (onHand === 0 ? 'danger' : undefined)}
      columns={[
        {
          key: 'sku',
          head: words.sku,
          cell: ({ sku }) => (
            <CopyId id={sku}>
              <Link to="/products/stock/$sku" params={{ sku }}>
                {sku}
              </Link>
            </CopyId>
          ),
        },
        {
          key: 'onHand',
          head: words.onHand,
          align: 'end',
          cell: ({ onHand }) => (onHand === 0 ? <Badge tone="danger">{words.out}</Badge> : count(onHand)),
        },
        { key: 'reserved', head: words.reserved, align: 'end', cell: ({ reserved }) => count(reserved) },
        { key: 'sold', head: words.sold, align: 'end', cell: ({ sold }) => count(sold) },
      ]}
    />
  );
}

/** What there is of the SKUs of one product. */
export function StockTable({ skus }: { readonly skus: readonly string[] }) {
  const answers = useQueries({ queries: skus.map(stockQuery) });
  return <Levels levels={answers.flatMap(({ data }) => data ?? [])} />;
}
