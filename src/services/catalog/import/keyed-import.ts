import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { EventStore } from '../../../platform/event-store/port.ts';
import type { Idempotency } from '../../../platform/http/idempotency.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { ImportReport } from './import.ts';

/**
 * Imports a file once per idempotency key: repeated, it answers the first report and changes nothing, also where prices have
 * moved since. The file is read whole first, for only its end tells whether it is the same. An import that was cut short is
 * done again, which is safe, for it sets what the file says. Throws a Problem when the file is larger than `mostBytes`, an
 * IdempotencyConflict when the key was used with another file.
 */
export async function importOnce(
  store: EventStore,
  idempotency: Idempotency,
  file: Readable,
  mostBytes: number,
  run: (file: Readable) => Promise<ImportReport>,
): Promise<ImportReport> {
  const content = await readWhole(file, mostBytes);
  const bodyHash = createHash('sha256').update(idempotency.bodyHash).update(content).digest('base64url');
  const keyed = { key: idempotency.key, bodyHash };
  const earlier = await store.answered(keyed);
  if (earlier !== undefined) return earlier as unknown as ImportReport;
  const report = await run(Readable.from([content]));
  const decided = await store.decide({ intents: [], idempotency: { ...keyed, answer: { ...report } as never } });
  return decided.ok && decided.replayed !== undefined ? (decided.replayed as unknown as ImportReport) : report;
}

async function readWhole(file: Readable, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Problem('payload_too_large', `A file may have up to ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
