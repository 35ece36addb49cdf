import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { useWords } from '../../language.tsx';
import { CopyId } from '../../parts/CopyId.tsx';
import { Facts, Json, More } from '../../parts/Details.tsx';
import { Page, Panel } from '../../parts/Page.tsx';
import { Answer } from '../../parts/states.tsx';
import { TraceLink } from '../../parts/TraceLink.tsx';
import { When } from '../../parts/When.tsx';
import { Entries } from '../orders/Entries.tsx';
import { type OrderLog, orderLogQuery } from '../orders/order-data.ts';
import { orderWords } from '../orders/words.ts';
import styles from './ledger.module.css';
import { ledgerWords } from './words.ts';

/** From an entry of the ledger back to what caused it: the payment's event, the order's, the order. */
export function WhyPage() {
  const { orderId, reference } = useParams({ from: '/ledger/why/$orderId/$reference' });
  const words = useWords(ledgerWords);
  const query = useQuery(orderLogQuery(orderId));
  return (
    <Page title={words.whyTitle} lead={<CopyId id={reference} />}>
      <Answer query={query}>
        {(log) => {
          const entries = log.entries.filter((entry) => entry.reference === reference);
          if (entries.length === 0) return <EmptyState title={words.whyTitle}>{words.noEntry}</EmptyState>;
          return <Chain log={log} entries={entries} reference={reference} />;
        }}
      </Answer>
    </Page>
  );
}

interface ChainProps {
  readonly log: OrderLog;
  readonly entries: OrderLog['entries'];
  readonly reference: string;
}

function Chain({ log: { orderId, events }, entries, reference }: ChainProps) {
  const words = useWords(ledgerWords);
  const isIt = ({ data }: OrderLog['events'][number]) => (data.shipmentId ?? data.refundId) === reference;
  const posting = events.filter(
    ({ service, version }) => service === 'payments' && entries.some((entry) => entry.version === version),
  );
  const causing = events.filter(
    (event) => event.service === 'orders' && event.type !== 'ParcelDelivered' && isIt(event),
  );
  return (
    <ol className={styles.chain}>
      <li>
        <Panel title={words.entry}>
          <Entries orderId={orderId} entries={entries} />
        </Panel>
      </li>
      <Because>{words.wroteIt}</Because>
      <li>
        {posting.map((event) => (
          <EventPanel key={event.version} event={event} />
        ))}
      </li>
      <Because>{words.becauseOf}</Because>
      <li>
        {causing.map((event) => (
          <EventPanel key={event.version} event={event} />
        ))}
      </li>
      <Because>{words.andOrder}</Because>
      <li>
        <Panel title={words.theOrder}>
          <div className={styles.stack}>
            <CopyId id={orderId} />
            <Link to="/orders/$orderId" params={{ orderId }}>
              {words.openOrder}
            </Link>
          </div>
        </Panel>
      </li>
    </ol>
  );
}

function Because({ children }: { readonly children: string }) {
  return <li className={styles.because}>{children}</li>;
}

function EventPanel({ event }: { readonly event: OrderLog['events'][number] }) {
  const words = useWords(ledgerWords);
  const order = useWords(orderWords);
  const { type, at, actor, reason, because, traceId, stream, version, data } = event;
  return (
    <Panel title={type}>
      <div className={styles.stack}>
        <Facts
          facts={[
            { name: words.time, value: <When at={at} millis /> },
            { name: order.by, value: actor ?? (because === undefined ? undefined : order.because(because)) },
            { name: order.reason, value: reason },
            { name: order.trace, value: traceId === undefined ? undefined : <TraceLink traceId={traceId} /> },
          ]}
        />
        <More
          summary={
            <>
              {order.data} <code translate="no">{`${stream} · ${version}`}</code>
            </>
          }
        >
          <Json value={data} label={`${type}: ${order.data}`} />
        </More>
      </div>
    </Panel>
  );
}
