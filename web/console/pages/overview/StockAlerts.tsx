import { useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Id, Time } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import styles from './Overview.module.css';
import type { Overview } from './types.ts';
import { overviewWords } from './words.ts';

/** What is running out or has, those that changed last first. */
export function StockAlerts({ alerts }: { readonly alerts: Overview['alerts'] }) {
  const words = useWords(overviewWords);
  if (alerts === null) {
    return (
      <Panel title={words.stock}>
        <p className={styles.soft}>{words.late}</p>
      </Panel>
    );
  }
  return (
    <Panel title={words.stock}>
      <DataTable
        caption={words.stock}
        rows={alerts.items}
        keyOf={({ level }) => level.sku}
        empty={words.noAlerts}
        columns={[
          { key: 'sku', head: words.sku, cell: ({ level }) => <Id>{level.sku}</Id> },
          {
            key: 'state',
            head: words.state,
            cell: ({ availability }) => (
              <Badge tone={availability === 'out_of_stock' ? 'danger' : 'warning'}>
                {words.availability[availability]}
              </Badge>
            ),
          },
          { key: 'onHand', head: words.onHand, align: 'end', cell: ({ level }) => level.onHand },
          { key: 'reserved', head: words.reserved, align: 'end', cell: ({ level }) => level.reserved },
          { key: 'since', head: words.since, cell: ({ since }) => <Time at={since} /> },
        ]}
      />
      {alerts.hasMore ? <p className={styles.soft}>{words.moreAlerts}</p> : null}
    </Panel>
  );
}
