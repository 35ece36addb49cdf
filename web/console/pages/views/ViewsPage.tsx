import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../design/Button.tsx';
import { Notice } from '../../../design/Notice.tsx';
import type { paths } from '../../../generated/console.ts';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Duration, formatNumber } from '../../parts/figures.tsx';
import { Page } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { answerOf, consoleApi } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import { viewsQuery } from './query.ts';
import styles from './Views.module.css';
import { viewsWords } from './words.ts';

type View = paths['/console/api/views']['get']['responses'][200]['content']['application/json']['items'][number];

const nameOf = ({ service, name }: Pick<View, 'service' | 'name'>) => `${service}.${name}`;

/** Every view, how far behind it is, and rebuilding one while it serves. */
export function ViewsPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(viewsWords);
  const { language } = useLanguage();
  const views = useQuery(viewsQuery);
  const finished = useFinished(views.data?.items ?? []);
  const count = (value: number) => formatNumber(value, language);
  return (
    <Page title={pages.views} lead={words.lead}>
      {finished === undefined ? null : <Notice kind="success">{words.done(finished)}</Notice>}
      <Answer query={views}>
        {({ items }) => (
          <DataTable
            caption={words.caption}
            rows={items}
            keyOf={nameOf}
            toneOf={({ stopped }) => (stopped === undefined ? undefined : 'danger')}
            columns={[
              { key: 'view', head: words.view, cell: ({ name }) => <strong>{name}</strong> },
              { key: 'service', head: words.service, cell: ({ service }) => service },
              { key: 'state', head: words.state, cell: (view) => <State view={view} /> },
              { key: 'behind', head: words.behind, align: 'end', cell: ({ lagEvents }) => count(lagEvents) },
              { key: 'age', head: words.age, align: 'end', cell: ({ lagMs }) => <Duration ms={lagMs} /> },
              { key: 'version', head: words.version, align: 'end', cell: ({ version }) => version },
              { key: 'generation', head: words.generation, align: 'end', cell: ({ generation }) => generation },
              { key: 'act', head: words.act, cell: (view) => <Rebuild view={view} /> },
            ]}
          />
        )}
      </Answer>
    </Page>
  );
}

function State({ view: { lagEvents, stopped, rebuilding } }: { readonly view: View }) {
  const words = useWords(viewsWords);
  if (rebuilding !== undefined) return <Badge>{words.rebuilding}</Badge>;
  if (stopped === undefined) {
    return lagEvents === 0 ? (
      <Badge tone="good">{words.upToDate}</Badge>
    ) : (
      <Badge tone="warning">{words.lagging}</Badge>
    );
  }
  return (
    <>
      <Badge tone="danger">{words.stopped}</Badge>
      <p>{stopped}</p>
    </>
  );
}

function Rebuild({ view }: { readonly view: View }) {
  const words = useWords(viewsWords);
  const { language } = useLanguage();
  const client = useQueryClient();
  const { service, name, rebuilding } = view;
  if (rebuilding !== undefined) {
    const { appliedEvents, totalEvents } = rebuilding;
    const count = (value: number) => formatNumber(value, language);
    const label = words.progress(count(appliedEvents), count(totalEvents));
    return (
      <div className={styles.progress}>
        <progress
          max={Math.max(1, totalEvents)}
          value={appliedEvents}
          aria-label={`${words.rebuilding} ${nameOf(view)}`}
        />
        <span>{label}</span>
      </div>
    );
  }
  const rebuild = async () => {
    const params = { path: { service, view: name } };
    await answerOf(consoleApi.POST('/console/api/views/{service}/{view}/rebuild', { params }));
    await client.invalidateQueries({ queryKey: viewsQuery.queryKey });
  };
  return (
    <ConfirmDialog
      title={words.ask(nameOf(view))}
      confirm={words.rebuild}
      onConfirm={rebuild}
      trigger={
        <Button size="small" aria-label={`${words.rebuild}: ${nameOf(view)}`}>
          {words.rebuild}
        </Button>
      }
    >
      <p>{words.explain}</p>
    </ConfirmDialog>
  );
}

/** The view whose generation has grown last while the page was open. */
function useFinished(items: readonly View[]): string | undefined {
  const known = useRef(new Map<string, number>());
  const [finished, setFinished] = useState<string>();
  useEffect(() => {
    for (const view of items) {
      const before = known.current.get(nameOf(view));
      if (before !== undefined && view.generation > before) setFinished(nameOf(view));
      known.current.set(nameOf(view), view.generation);
    }
  }, [items]);
  return finished;
}
