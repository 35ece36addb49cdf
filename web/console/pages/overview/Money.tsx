import { formatMoney } from '../../../design/money.ts';
import { useLanguage, useWords } from '../../language.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Amount } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import styles from './Overview.module.css';
import type { Overview } from './types.ts';
import { overviewWords } from './words.ts';

type Revenue = NonNullable<Overview['revenue']>[number];

/** What came in, by currency; the hours are drawn, and told by their best one. */
export function Money({ revenue }: { readonly revenue: Overview['revenue'] }) {
  const words = useWords(overviewWords);
  return (
    <Panel title={words.revenue}>
      {revenue === null ? (
        <p className={styles.soft}>{words.late}</p>
      ) : (
        <DataTable
          caption={words.revenue}
          rows={revenue}
          keyOf={({ currency }) => currency}
          empty={words.noRevenue}
          columns={[
            { key: 'currency', head: words.currency, cell: ({ currency }) => currency },
            { key: 'captured', head: words.captured, align: 'end', cell: (each) => amount(each, each.captured) },
            { key: 'refunded', head: words.refunded, align: 'end', cell: (each) => amount(each, each.refunded) },
            { key: 'commission', head: words.commission, align: 'end', cell: (each) => amount(each, each.commission) },
            { key: 'hours', head: words.byHour, cell: (each) => <Hours of={each} /> },
          ]}
        />
      )}
    </Panel>
  );
}

function amount({ currency }: Revenue, minorUnits: number) {
  return <Amount money={{ amount: minorUnits, currency }} />;
}

const BAR = 4;
const TALL = 24;

function Hours({ of: { currency, hours } }: { readonly of: Revenue }) {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  const most = Math.max(1, ...hours.map(({ captured }) => captured));
  const best = hours.find(({ captured }) => captured === most);
  const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  const told =
    best === undefined ? '' : `: ${clock.format(best.start)}, ${formatMoney({ amount: most, currency }, language)}`;
  return (
    <svg
      role="img"
      aria-label={`${words.hours(currency)}${told}`}
      viewBox={`0 0 ${hours.length * BAR} ${TALL}`}
      className={styles.hours}
    >
      {hours.map(({ start, captured }, index) => {
        const height = captured === 0 ? 1 : Math.max(2, (captured / most) * TALL);
        return <rect key={start} x={index * BAR} y={TALL - height} width={BAR - 1} height={height} rx="0.500" />;
      })}
    </svg>
  );
}
