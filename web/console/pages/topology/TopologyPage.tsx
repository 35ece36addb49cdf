import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge, type Tone } from '../../parts/Badge.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { formatNumber, formatShare } from '../../parts/figures.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { answerOf, consoleApi } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import type { Topology, TopologyEdge } from './layout.ts';
import { nameOf } from './names.ts';
import { Picture } from './Picture.tsx';
import styles from './Topology.module.css';
import { topologyWords } from './words.ts';

const AGAIN_MS = 2_000;
const BREAKER_TONES: Readonly<Record<string, Tone>> = { closed: 'good', half_open: 'warning', open: 'danger' };

/** What runs here, as a picture and as a table, with its live traffic. */
export function TopologyPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(topologyWords);
  const [chosen, choose] = useState<string>();
  const topology = useQuery({
    queryKey: ['topology'],
    queryFn: () => answerOf(consoleApi.GET('/console/api/topology')),
    refetchInterval: AGAIN_MS,
  });
  return (
    <Page title={pages.topology} lead={topology.data && words.lead(topology.data.name)}>
      <Answer query={topology}>
        {(found) => (
          <>
            <Picture topology={found} chosen={chosen} choose={choose} />
            <Panel
              title={words.table}
              actions={
                chosen === undefined ? (
                  <span className={styles.soft}>{words.select}</span>
                ) : (
                  <Button size="small" onClick={() => choose(undefined)}>
                    {words.everything}
                  </Button>
                )
              }
            >
              {chosen === undefined ? null : <p className={styles.only}>{words.only(nameOf(chosen, words))}</p>}
              <Traffic topology={found} chosen={chosen} />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Traffic({
  topology: { edges },
  chosen,
}: {
  readonly topology: Topology;
  readonly chosen: string | undefined;
}) {
  const words = useWords(topologyWords);
  const { language } = useLanguage();
  const rows = edges.filter(({ from, to }) => chosen === undefined || from === chosen || to === chosen);
  const count = (value: number) => formatNumber(value, language, value > 0 && value < 10 ? 1 : 0);
  return (
    <DataTable
      caption={words.table}
      rows={rows}
      keyOf={({ from, to, kind }) => `${from} ${to} ${kind}`}
      toneOf={({ breaker, errorShare }) => (breaker === 'open' || errorShare > 0 ? 'danger' : undefined)}
      columns={[
        { key: 'from', head: words.from, cell: ({ from }) => nameOf(from, words) },
        { key: 'to', head: words.to, cell: ({ to }) => nameOf(to, words) },
        { key: 'kind', head: words.kind, cell: ({ kind }) => words.kinds[kind] },
        {
          key: 'rate',
          head: words.rate,
          align: 'end',
          cell: ({ perSecond }) => (perSecond === 0 ? words.quiet : words.perSecond(count(perSecond))),
        },
        {
          key: 'errors',
          head: words.errors,
          align: 'end',
          cell: ({ errorShare }) => formatShare(errorShare, language),
        },
        { key: 'breaker', head: words.breaker, cell: (edge) => <Breaker edge={edge} /> },
        { key: 'total', head: words.total, align: 'end', cell: ({ total }) => formatNumber(total, language) },
      ]}
    />
  );
}

function Breaker({ edge: { breaker, behind } }: { readonly edge: TopologyEdge }) {
  const words = useWords(topologyWords);
  const { language } = useLanguage();
  if (behind !== undefined && behind > 0) return words.behind(formatNumber(behind, language));
  if (breaker === undefined) return '–';
  const name = (words.breakers as Readonly<Record<string, string>>)[breaker] ?? breaker;
  return <Badge tone={BREAKER_TONES[breaker] ?? 'neutral'}>{name}</Badge>;
}
