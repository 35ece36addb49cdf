import { Link } from '@tanstack/react-router';
import { useLanguage, useWords } from '../../language.tsx';
import { Badge, type Tone } from '../../parts/Badge.tsx';
import { formatNumber } from '../../parts/figures.tsx';
import { Panel } from '../../parts/Page.tsx';
import styles from './Overview.module.css';
import type { Overview } from './types.ts';
import { overviewWords } from './words.ts';

const BREAKER_TONES: Readonly<Record<string, Tone>> = { closed: 'good', half_open: 'warning', open: 'danger' };

/** What waits for a person, and which neighbours are spared. */
export function Waiting({ cases, sagas, breakers }: Pick<Overview, 'cases' | 'sagas' | 'breakers'>) {
  const words = useWords(overviewWords);
  const { language } = useLanguage();
  const count = (value: number) => formatNumber(value, language);
  const open = cases?.reduce((sum, each) => sum + each.open, 0);
  return (
    <Panel title={words.waiting}>
      <dl className={styles.facts}>
        <div>
          <dt>
            <Link to="/hospital">{words.cases}</Link>
          </dt>
          <dd>
            {cases === null || open === undefined ? (
              words.late
            ) : (
              <>
                <Badge tone={open === 0 ? 'good' : 'danger'}>{count(open)}</Badge>
                <span className={styles.soft}>
                  {cases.map((each) => words.openCases(each.service, count(each.open))).join(' · ')}
                </span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>
            <Link to="/sagas">{words.sagas}</Link>
          </dt>
          <dd>
            {sagas === null ? (
              words.late
            ) : (
              <>
                <Badge tone={sagas.stuck > 0 ? 'warning' : 'good'}>{count(sagas.inFlight)}</Badge>
                <span className={styles.soft}>
                  {sagas.stuck > 0 ? words.stuck(count(sagas.stuck)) : words.noneStuck}
                </span>
              </>
            )}
          </dd>
        </div>
      </dl>
      <h3 className={styles.subhead}>{words.breakers}</h3>
      {breakers.length === 0 ? <p className={styles.soft}>{words.noBreakers}</p> : null}
      <ul className={styles.breakers}>
        {breakers.map(({ name, state }) => (
          <li key={name}>
            <span>{name}</span>
            <Badge tone={BREAKER_TONES[state] ?? 'neutral'}>
              {(words.breaker as Readonly<Record<string, string>>)[state] ?? state}
            </Badge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
