import type { carrier } from '../../contracts/carrier.ts';
import type { Handlers } from '../../kernel/contract.ts';
import { done, rejected } from '../../kernel/outcome.ts';
import type { HttpDoor } from '../../platform/http/door.ts';

/** Our words to the carrier's and back. The shipment's id is the reference under which a label is made once. */
export function carrierClient(door: HttpDoor): Handlers<typeof carrier> {
  return {
    book({ shipmentId, address, pieces }, { traceparent }) {
      const { name, line1, line2, city, postalCode, country } = address;
      const recipient = {
        name,
        street: line2 === undefined ? line1 : `${line1}, ${line2}`,
        city,
        zip: postalCode,
        country,
      };
      return door.ask(
        { method: 'POST', path: '/labels', body: { reference: shipmentId, recipient, items: pieces }, traceparent },
        ({ status, body }) => {
          const { carrier_name: name, tracking_no: number } = (body ?? {}) as Partial<Record<string, unknown>>;
          if ((status === 200 || status === 201) && typeof name === 'string' && typeof number === 'string')
            return done({ carrier: name, trackingNumber: number });
          return rejected({ code: 'carrier_refused', detail: 'The carrier does not take this shipment.' });
        },
      );
    },
  };
}
