import { useEffect, useState } from 'react';
import { usePage } from '../../page-context.tsx';
import type { KnownOrder } from './view.ts';

export type Connection = 'off' | 'live' | 'lost';

/** A stream that was refused (the shop starts anew, too many tabs) is opened again after so long, in ms. */
const AGAIN_MS = 3_000;

/** An order as it changes, until nothing more will happen to it. */
export function useLiveOrder(first: KnownOrder | null) {
  const { language } = usePage();
  const [order, setOrder] = useState(first);
  const [connection, setConnection] = useState<Connection>('off');
  const orderId = first?.orderId;
  const isOver = order === null || order.isFinal;

  useEffect(() => {
    if (orderId === undefined || isOver) {
      setConnection('off');
      return;
    }
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(`/web/v1/${language}/orders/${orderId}/events`);
      source.addEventListener('open', () => setConnection('live'));
      source.addEventListener('order', (event) => {
        const next = JSON.parse(event.data) as KnownOrder;
        setOrder((before) => (before !== null && before.version > next.version ? before : next));
      });
      source.addEventListener('error', () => {
        setConnection('lost');
        // A broken stream comes back by itself; one that was refused does not.
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [orderId, isOver, language]);

  return { order, connection };
}
