import { useQuery } from '@tanstack/react-query';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge } from '../../parts/Badge.tsx';
import { Chart } from '../../parts/Chart.tsx';
import { formatDuration, formatNumber } from '../../parts/figures.tsx';
import { Page } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { answerOf, consoleApi } from '../../server/client.ts';
import { usePulse } from '../../server/pulse.ts';
import { shellWords } from '../../shell/words.ts';
import { Money } from './Money.tsx';
import styles from './Overview.module.css';
import { StockAlerts } from './StockAlerts.tsx';
import { ViewLag } from './ViewLag.tsx';
import { Waiting } from './Waiting.tsx';
import { overviewWords } from './words.ts';

const AGAIN_MS = 5_000;

/** What an operator wants to know first. */
export function OverviewPage() {
  const { pages } = useWords(shellWords);
  const words = useWords(overviewWords);
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: () => answerOf(consoleApi.GET('/console/api/overview')),
    refetchInterval: AGAIN_MS,
  });
  const { beats, live } = usePulse();
  return (
    <Page
      title={pages.overview}
      actions={live ? <Badge tone="good">{words.live}</Badge> : <Badge tone="warning">{words.away}</Badge>}
    >
      <Charts beats={beats} />
      <Answer query={overview}>
        {({ revenue, alerts, cases, sagas, breakers }) => (
          <div className={styles.panels}>
            <Money revenue={revenue} />
            <Waiting cases={cases} sagas={sagas} breakers={breakers} />
            <StockAlerts alerts={alerts} />
            <ViewLag />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Charts({ beats }: Pick<ReturnType<typeof usePulse>, 'beats'>) {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  const times = beats.map(({ at }) => at);
  const rate = (value: number) => words.perSecond(formatNumber(value, language, value < 10 ? 1 : 0));
  const ms = (value: number) => formatDuration(value, language);
  const count = (value: number) => formatNumber(value, language);
  const of = (read: (beat: (typeof beats)[number]) => number | null) => beats.map(read);
  return (
    <section className={styles.charts} aria-label={words.figures}>
      <Chart
        title={words.orders}
        times={times}
        format={rate}
        series={[{ label: words.orders, colour: '--accent', values: of((beat) => beat.ordersPerSecond) }]}
      />
      <Chart
        title={words.checkout}
        times={times}
        format={ms}
        series={[
          { label: words.median, colour: '--pine', values: of((beat) => beat.checkoutMs?.p50 ?? null) },
          { label: words.p99, colour: '--accent', dashed: true, values: of((beat) => beat.checkoutMs?.p99 ?? null) },
        ]}
      />
      <Chart
        title={words.requests}
        times={times}
        format={rate}
        series={[
          { label: words.requests, colour: '--pine', values: of((beat) => beat.requestsPerSecond) },
          { label: words.failures, colour: '--danger', dashed: true, values: of((beat) => beat.failuresPerSecond) },
        ]}
      />
      <Chart
        title={words.lag}
        times={times}
        format={count}
        series={[
          { label: words.inViews, colour: '--pine', values: of((beat) => beat.viewLagEvents) },
          { label: words.onBus, colour: '--accent', dashed: true, values: of((beat) => beat.busBehindEvents) },
        ]}
      />
    </section>
  );
}
