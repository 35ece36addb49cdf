import { useQuery } from '@tanstack/react-query';
import type { paths } from '../../../generated/console.ts';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { formatNumber, Id } from '../../parts/figures.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { answerOf, consoleApi } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import { ProcessFacts } from './ProcessFacts.tsx';
import styles from './System.module.css';
import { systemWords } from './words.ts';

export type System = paths['/console/api/system']['get']['responses'][200]['content']['application/json'];
type Setting = System['settings'][number];

const AGAIN_MS = 3_000;

/** The health and the settings of every part. */
export function SystemPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(systemWords);
  const system = useQuery({
    queryKey: ['system'],
    queryFn: () => answerOf(consoleApi.GET('/console/api/system')),
    refetchInterval: AGAIN_MS,
  });
  return (
    <Page title={pages.system}>
      <Answer query={system}>
        {({ ready, parts, process, settings, services }) => (
          <>
            <div className={styles.columns}>
              <Panel
                title={words.health}
                actions={
                  ready ? <Badge tone="good">{words.ready}</Badge> : <Badge tone="danger">{words.notReady}</Badge>
                }
              >
                <DataTable
                  caption={words.health}
                  rows={parts}
                  keyOf={({ part }) => part}
                  toneOf={({ ok }) => (ok ? undefined : 'danger')}
                  columns={[
                    { key: 'part', head: words.part, cell: ({ part }) => part },
                    {
                      key: 'state',
                      head: words.state,
                      cell: ({ ok }) => <Badge tone={ok ? 'good' : 'danger'}>{ok ? words.well : words.unwell}</Badge>,
                    },
                    {
                      key: 'detail',
                      head: words.detail,
                      cell: ({ detail }) => (detail === undefined ? '–' : <Id>{detail}</Id>),
                    },
                  ]}
                />
              </Panel>
              <ProcessFacts process={process} />
            </div>
            <Panel title={words.environment}>
              <SettingsTable caption={words.environment} settings={settings} />
            </Panel>
            <Panel title={words.services}>
              <div className={styles.parts}>
                {services.map((each) => (
                  <ServicePart key={each.name} of={each} />
                ))}
              </div>
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

function ServicePart({ of: { name, kind, settings, log } }: { readonly of: System['services'][number] }) {
  const words = useWords(systemWords);
  const { language } = useLanguage();
  return (
    <section className={styles.part}>
      <h3>
        {name} <span className={styles.soft}>{words.kinds[kind]}</span>
      </h3>
      {log === undefined ? null : (
        <p className={styles.soft}>{words.log(formatNumber(log.events, language), log.partitions)}</p>
      )}
      {settings.length === 0 ? (
        <p className={styles.soft}>{words.defaults}</p>
      ) : (
        <SettingsTable caption={`${words.services}: ${name}`} settings={settings} />
      )}
    </section>
  );
}

function SettingsTable({ caption, settings }: { readonly caption: string; readonly settings: readonly Setting[] }) {
  const words = useWords(systemWords);
  return (
    <DataTable
      caption={caption}
      rows={settings}
      keyOf={({ name }) => name}
      columns={[
        { key: 'name', head: words.setting, cell: ({ name }) => <Id>{name}</Id> },
        { key: 'value', head: words.value, cell: (setting) => <Value of={setting} /> },
        { key: 'source', head: words.source, cell: ({ source }) => words.sources[source] },
      ]}
    />
  );
}

function Value({ of: { value, secret } }: { readonly of: Setting }) {
  const words = useWords(systemWords);
  if (value === '') return <span className={styles.soft}>{words.unset}</span>;
  return secret ? <span className={styles.soft}>{words.secret}</span> : <Id>{value}</Id>;
}
