import type { Server } from 'node:http';
import { send, simulatorServer } from '../../simulation/http.ts';
import { type JournalFile, journalFile, noJournal } from '../../simulation/journal-file.ts';
import { type CarrierLine, labels } from './labels.ts';
import { messenger } from './messenger.ts';

export interface CarrierOptions {
  readonly data?: string;
  readonly webhook?: string;
  readonly secret: string;
  readonly delaysMs: readonly number[];
}

/**
 * A carrier to develop and test against: makes a label per reference, then delivers by itself and tells the shop each stage
 * by a signed webhook. It takes up undelivered parcels after a restart. A recipient whose city is `NOWHERE` is refused.
 */
export function carrierSimulator(options: CarrierOptions): Server {
  const known = labels();
  const journal: JournalFile<CarrierLine> =
    options.data === undefined ? noJournal : journalFile<CarrierLine>(options.data, known.apply);
  const news = messenger({
    webhook: options.webhook,
    secret: options.secret,
    delaysMs: options.delaysMs,
    acknowledged({ reference }, told) {
      const line = { kind: 'told', reference, told } as const;
      known.apply(line);
      journal.append(line, () => {});
    },
  });
  let isDown = false;

  const server = simulatorServer((request, response, text) => {
    if (request.url === '/control') {
      if (request.method === 'POST') isDown = (JSON.parse(text) as { down?: unknown }).down === true;
      return send(response, 200, { down: isDown, labels: known.size() });
    }
    if (isDown) return send(response, 503, { error: 'down' });
    if (request.method !== 'POST' || request.url !== '/labels') return send(response, 404, { error: 'not_found' });
    const { reference, recipient } = JSON.parse(text) as { reference?: unknown; recipient?: { city?: unknown } };
    if (typeof reference !== 'string' || typeof recipient?.city !== 'string')
      return send(response, 400, { error: 'malformed' });
    if (recipient.city === 'NOWHERE') return send(response, 422, { error: 'address_not_served' });
    const before = known.get(reference);
    if (before !== undefined) return send(response, 200, shown(reference, before.trackingNo));
    const line = { kind: 'label', reference, trackingNo: known.nextTrackingNo(), madeAt: Date.now() } as const;
    const label = known.apply(line);
    journal.append(line, () => {
      send(response, 201, shown(reference, line.trackingNo));
      if (label !== undefined) news.follow(label);
    });
  });

  for (const label of known.undelivered()) news.follow(label);
  server.on('close', () => {
    news.stop();
    journal.close();
  });
  return server;
}

function shown(reference: string, trackingNo: string): object {
  return { reference, carrier_name: 'Haneul Parcel', tracking_no: trackingNo };
}
