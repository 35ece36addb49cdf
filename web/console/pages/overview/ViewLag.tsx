import { useQuery } from '@tanstack/react-query';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Duration, formatNumber } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { viewsQuery } from '../views/query.ts';
import { overviewWords } from './words.ts';

/** How far behind every view is just now. */
export function ViewLag() {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  const views = useQuery(viewsQuery);
  return (
    <Panel title={words.views}>
      <Answer query={views}>
        {({ items }) => (
          <DataTable
            caption={words.views}
            rows={items}
            keyOf={({ service, name }) => `${service}.${name}`}
            columns={[
              { key: 'view', head: words.view, cell: ({ service, name }) => `${service} · ${name}` },
              {
                key: 'behind',
                head: words.behind,
                align: 'end',
                cell: ({ lagEvents }) =>
                  lagEvents === 0 ? <Badge tone="good">{words.upToDate}</Badge> : formatNumber(lagEvents, language),
              },
              { key: 'age', head: words.age, align: 'end', cell: ({ lagMs }) => <Duration ms={lagMs} /> },
            ]}
          />
        )}
      </Answer>
    </Panel>
  );
}
