import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useWords } from '../../language.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { Facts } from '../../parts/Details.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { TraceLink } from '../../parts/TraceLink.tsx';
import { When } from '../../parts/When.tsx';
import { CaseStatus } from './CaseTable.tsx';
import { caseQuery, kindOf, type ShownCase } from './case-data.ts';
import { AuditList, Behind, Notices } from './history.tsx';
import styles from './hospital.module.css';
import { Treatment } from './Treatment.tsx';
import { hospitalWords } from './words.ts';

export function CasePage() {
  const { caseId } = useParams({ from: '/hospital/$caseId' });
  const words = useWords(hospitalWords);
  const query = useQuery(caseQuery(caseId));
  return (
    <Page
      title={query.data === undefined ? words.case : kindOf(query.data)}
      lead={
        <span className={styles.line}>
          <CopyId id={caseId} />
          {query.data === undefined ? null : <CaseStatus status={query.data.status} />}
          <Link to="/hospital">{words.back}</Link>
        </span>
      }
    >
      <Answer query={query}>
        {(shown) => (
          <>
            <WhatHappened shown={shown} />
            <Treatment key={shown.caseId} shown={shown} />
            <div className={styles.two}>
              <Panel title={words.behind}>
                <Behind shown={shown} />
              </Panel>
              <Panel title={words.notices}>
                <Notices shown={shown} />
              </Panel>
            </div>
            <Panel title={words.audit}>
              <AuditList audit={shown.audit} />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

function WhatHappened({ shown }: { readonly shown: ShownCase }) {
  const words = useWords(hospitalWords);
  const { failure, subject, traceId, source, subscription, settledBy, closedAt, nextNoticeAt } = shown;
  const kinds: Readonly<Record<string, string>> = words.kinds;
  const settled: Readonly<Record<string, string>> = words.settled;
  return (
    <Panel title={words.facts}>
      <div className={styles.stack}>
        <p>
          <strong>{kinds[failure.kind] ?? failure.kind}</strong> <code translate="no">{failure.code}</code>
          <br />
          {failure.detail}
        </p>
        <Facts
          facts={[
            {
              name: words.subject,
              value: (
                <CopyId id={subject}>
                  {subject.startsWith('ord_') ? (
                    <Link to="/orders/$orderId" params={{ orderId: subject }}>
                      {subject}
                    </Link>
                  ) : (
                    subject
                  )}
                </CopyId>
              ),
            },
            { name: words.opened, value: <When at={shown.openedAt} /> },
            { name: words.attempts, value: failure.attempts },
            { name: words.source, value: source },
            {
              name: words.heardBy,
              value: subscription === undefined ? shown.service : `${shown.service}.${subscription}`,
            },
            { name: words.closed, value: closedAt === undefined ? undefined : <When at={closedAt} /> },
            { name: words.settledBy, value: settledBy === undefined ? undefined : (settled[settledBy] ?? settledBy) },
            { name: words.nextNotice, value: nextNoticeAt === undefined ? undefined : <When at={nextNoticeAt} /> },
            { name: words.trace, value: traceId === undefined ? undefined : <TraceLink traceId={traceId} /> },
          ]}
        />
      </div>
    </Panel>
  );
}
