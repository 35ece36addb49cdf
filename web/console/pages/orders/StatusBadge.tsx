import { useWords } from '../../language.tsx';
import { Badge, type Tone } from '../../parts/Badge.tsx';
import type { OrderStatus } from './routes.ts';
import { orderWords } from './words.ts';

const TONES: Readonly<Record<OrderStatus, Tone>> = {
  placed: 'warning',
  confirmed: 'neutral',
  partially_shipped: 'neutral',
  shipped: 'neutral',
  delivered: 'good',
  cancelled: 'danger',
};

/** Where an order stands, in a word. */
export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  const { statuses } = useWords(orderWords);
  return <Badge tone={TONES[status]}>{statuses[status]}</Badge>;
}
