import { systemClock, systemRandom } from '../../../platform/clock/system.ts';
import { silentLogger } from '../../../platform/telemetry/silent.ts';
import { type OpenSearchOptions, type OutsideIndex, openSearchIndex } from './index.ts';

/** The OpenSearch of the tests. Throws without one. */
export function testUrl(): string {
  const url = process.env.JANGTEO_TEST_OPENSEARCH;
  if (url === undefined)
    throw new Error('JANGTEO_TEST_OPENSEARCH must name an OpenSearch with analysis-nori, http://host:port');
  return url;
}

/** An index of its own, which is dropped when it is closed. */
export function testIndex(changes: Partial<OpenSearchOptions> = {}): OutsideIndex {
  const url = testUrl();
  const prefix = `test-${process.pid}-${Date.now()}`;
  const common = { clock: systemClock, random: systemRandom, logger: silentLogger };
  // A machine that runs all tests at once answers late.
  const options = { url, prefix, queryTimeoutMs: 20_000, onLost: () => undefined, ...common, ...changes };
  const index = openSearchIndex(options);
  return {
    ...index,
    async close() {
      await index.close();
      await dropAll(options.prefix);
    },
  };
}

/** Drops every index of a prefix. */
export async function dropAll(prefix: string): Promise<void> {
  const all = await fetch(`${testUrl()}/${prefix}*/_alias`);
  if (!all.ok) return;
  for (const index of Object.keys((await all.json()) as object))
    await fetch(`${testUrl()}/${index}`, { method: 'DELETE' });
}
