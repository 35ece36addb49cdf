import { carrier } from '../../contracts/carrier.ts';
import type { Address } from '../../contracts/shapes.ts';
import type { shipping } from '../../contracts/shipping.ts';
import type { CallContext, Handlers } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import { intent } from '../../platform/event-store/aggregate.ts';
import type { CaseAction } from '../../platform/hospital/port.ts';
import type { ServiceKit } from '../../platform/service/port.ts';
import type { ShipmentCommand } from './decide.ts';
import { shipment } from './shipment.aggregate.ts';
import type { SealedContact } from './shipment.ts';

type HandlersKit = Pick<ServiceKit, 'store' | 'clock' | 'client' | 'keyring'>;

/**
 * The calls of shipping, and what a person may do about a refused booking. The carrier is asked with the shipment's id as its
 * reference, so that it may be asked again.
 */
export function handlersOf({ store, clock, client, keyring }: HandlersKit) {
  const door = client(carrier);

  async function recorded(id: string, command: ShipmentCommand, context: CallContext): Promise<Outcome<object>> {
    const decided = await store.decide({
      intents: [intent(shipment, id, command)],
      ...(context.traceparent === undefined ? {} : { metadata: { traceparent: context.traceparent } }),
    });
    return decided.ok ? done({}) : rejected(decided.rejection);
  }

  /** Where the parcel goes; undefined when the person was erased. */
  async function addressOf(contact: SealedContact): Promise<Address | undefined> {
    const opened = await keyring.open(contact);
    return opened?.shippingAddress as Address | undefined;
  }

  const bookAgain: CaseAction = async ({ data, idempotencyKey }) => {
    const shipmentId = String(data.shipmentId);
    const { state } = await store.load(shipment, shipmentId);
    if (state.request === undefined) return rejected(UNKNOWN);
    const address = await addressOf(state.request.contact);
    if (address === undefined)
      return rejected({ code: 'shopper_erased', detail: 'Nobody knows where it goes any more.' });
    const booked = await door.book({ shipmentId, address, pieces: state.request.pieces }, { idempotencyKey });
    if (booked.kind !== 'done') return booked;
    const command = { kind: 'recordBooking', ...booked.answer, now: clock.now() } as const;
    return done({ intents: [intent(shipment, shipmentId, command)] });
  };

  const handlers: Handlers<typeof shipping> = {
    async book({ shipmentId }, context) {
      const { state } = await store.load(shipment, shipmentId);
      if (state.request === undefined) return rejected(UNKNOWN);
      if (state.status !== 'requested') return done({});
      const address = await addressOf(state.request.contact);
      if (address === undefined) return recorded(shipmentId, { kind: 'recordErasure', now: clock.now() }, context);
      const booked = await door.book({ shipmentId, address, pieces: state.request.pieces }, context);
      if (booked.kind === 'unknown') return booked;
      const now = clock.now();
      if (booked.kind === 'done')
        return recorded(shipmentId, { kind: 'recordBooking', ...booked.answer, now }, context);
      await recorded(shipmentId, { kind: 'recordRefusal', detail: booked.rejection.detail, now }, context);
      return booked;
    },

    recordTransit: ({ shipmentId, status, at }, context) =>
      recorded(shipmentId, { kind: 'recordTransit', status, at }, context),

    async tracking({ shipmentId }) {
      const { state } = await store.load(shipment, shipmentId);
      if (state.request === undefined) return rejected(UNKNOWN);
      const { orderId, parcelId } = state.request;
      return done({
        shipmentId,
        orderId,
        parcelId,
        status: state.status,
        ...(state.carrier === undefined ? {} : { carrier: state.carrier }),
        ...(state.trackingNumber === undefined ? {} : { trackingNumber: state.trackingNumber }),
        events: [...state.news],
      });
    },
  };
  return { handlers, caseActions: { bookAgain } };
}

const UNKNOWN = { code: 'unknown_shipment', detail: 'There is no such shipment.' };
