import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { paths } from '../../../generated/console.ts';
import { useLanguage, useWords } from '../../language.tsx';
import { Filters, Select } from '../../parts/controls.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { Duration, formatNumber, Id } from '../../parts/figures.tsx';
import { Page } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { answerOf, consoleApi } from '../../server/client.ts';
import { shellWords } from '../../shell/words.ts';
import { AGES, PHASES, type SagaSearch } from './routes.ts';
import styles from './Sagas.module.css';
import { Steps } from './Steps.tsx';
import { sagasWords } from './words.ts';

type Answered = paths['/console/api/sagas']['get']['responses'][200]['content']['application/json'];
export type Run = Answered['items'][number];

const AGAIN_MS = 2_000;
const WAITING_MS = { any: undefined, ten: 10_000, minute: 60_000, ten_minutes: 600_000, hour: 3_600_000 } as const;
const STUCK_MS = 60_000;
const MOST = 100;
const ALL = 'all';

/** Business transactions in flight, and those that are stuck. */
export function SagasPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(sagasWords);
  const { language } = useLanguage();
  const { saga, phase = ALL, age = 'any' } = useSearch({ from: '/sagas' });
  const waitingMs = WAITING_MS[age];
  const query = {
    limit: MOST,
    ...(saga !== undefined && { saga }),
    ...(phase !== ALL && { phase }),
    ...(waitingMs !== undefined && { waitingMs }),
  };
  const runs = useQuery({
    queryKey: ['sagas', query],
    queryFn: () => answerOf(consoleApi.GET('/console/api/sagas', { params: { query } })),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });
  const isNarrowed = Object.keys(query).length > 1;
  const count = (value: number) => formatNumber(value, language);
  return (
    <Page title={pages.sagas} lead={words.lead}>
      <Answer query={runs}>
        {({ items, total, kinds }) => (
          <>
            <Narrow kinds={kinds} />
            {total > items.length ? (
              <p className={styles.soft}>{words.shown(count(items.length), count(total))}</p>
            ) : null}
            <Runs items={items} empty={isNarrowed ? words.noneHere : words.none} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Narrow({ kinds }: Pick<Answered, 'kinds'>) {
  const words = useWords(sagasWords);
  const search = useSearch({ from: '/sagas' });
  const navigate = useNavigate({ from: '/sagas' });
  const narrow = (change: SagaSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const names = kinds.map(({ service, saga }) => `${service}.${saga}`);
  return (
    <Filters label={words.filters}>
      <Select
        label={words.kind}
        value={search.saga ?? ALL}
        options={[{ value: ALL, label: words.all }, ...names.map((name) => ({ value: name, label: name }))]}
        onChange={(chosen) => {
          const { saga: _, ...others } = search;
          void navigate({ search: chosen === ALL ? others : { ...others, saga: chosen }, replace: true });
        }}
      />
      <Select
        label={words.phase}
        value={search.phase ?? ALL}
        options={PHASES.map((value) => ({ value, label: words.phases[value] }))}
        onChange={(phase) => narrow({ phase })}
      />
      <Select
        label={words.age}
        value={search.age ?? 'any'}
        options={AGES.map((value) => ({ value, label: words.ages[value] }))}
        onChange={(age) => narrow({ age })}
      />
    </Filters>
  );
}

function Runs({ items, empty }: { readonly items: readonly Run[]; readonly empty: string }) {
  const words = useWords(sagasWords);
  const now = Date.now();
  return (
    <DataTable
      caption={words.caption}
      rows={items}
      keyOf={({ service, saga, id }) => `${service}.${saga}.${id}`}
      empty={empty}
      toneOf={(run) => (now - run.waitingSince > STUCK_MS ? 'warning' : undefined)}
      columns={[
        {
          key: 'saga',
          head: words.saga,
          cell: ({ service, saga }) => (
            <>
              <strong>{saga}</strong> <span className={styles.soft}>{service}</span>
            </>
          ),
        },
        { key: 'order', head: words.order, cell: (run) => <Order run={run} /> },
        { key: 'steps', head: words.steps, cell: (run) => <Steps run={run} /> },
        {
          key: 'waits',
          head: words.waits,
          cell: ({ waitsFor, driven }) => (
            <>
              {waitsFor === undefined ? '–' : <Id>{waitsFor}</Id>}
              {driven ? null : <p className={styles.soft}>{words.notDriven}</p>}
            </>
          ),
        },
        {
          key: 'since',
          head: words.since,
          align: 'end',
          cell: (run) => <Duration ms={Math.max(0, now - run.waitingSince)} />,
        },
        { key: 'tried', head: words.tried, align: 'end', cell: ({ attempts }) => attempts },
        { key: 'why', head: words.why, cell: (run) => <Why run={run} /> },
      ]}
    />
  );
}

function Order({ run: { orderId, id } }: { readonly run: Run }) {
  if (orderId === undefined) return <Id>{id}</Id>;
  return (
    <Link to="/orders/$orderId" params={{ orderId }}>
      <Id>{orderId}</Id>
    </Link>
  );
}

function Why({ run: { lastFailure, nextTryAt, rejection } }: { readonly run: Run }) {
  const words = useWords(sagasWords);
  const { language } = useLanguage();
  if (lastFailure === undefined && rejection === undefined) return '–';
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  return (
    <>
      {lastFailure === undefined ? null : <Id>{lastFailure.reason}</Id>}
      {rejection === undefined ? null : <p>{words.because(rejection.code)}</p>}
      {nextTryAt === undefined ? null : <p className={styles.soft}>{words.nextTry(clock.format(nextTryAt))}</p>}
    </>
  );
}
