import { Type } from 'typebox';
import type { ShownOrder, ShownParcel } from '../../contracts/shown-order.ts';

/** How far a parcel is; one that is sent in parts is `shipped` when all of it is on its way. */
export const ParcelState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('partially_shipped'),
  Type.Literal('shipped'),
  Type.Literal('delivered'),
  Type.Literal('cancelled'),
]);

/** How far a parcel is: cancelled with its order, or when all of its lines are. */
export function parcelStateOf({ lines, shipments }: ShownParcel, { status }: Pick<ShownOrder, 'status'>) {
  if (status === 'cancelled' || lines.every(({ quantity, cancelled }) => cancelled >= quantity)) return 'cancelled';
  if (shipments.length === 0) return 'waiting';
  if (lines.some(({ quantity, shipped, cancelled }) => shipped + cancelled < quantity)) return 'partially_shipped';
  return shipments.every(({ deliveredAt }) => deliveredAt !== undefined) ? 'delivered' : 'shipped';
}
