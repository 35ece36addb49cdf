import { describe } from 'node:test';
import { commitCases } from './conformance-commit.ts';
import { documentCases } from './conformance-documents.ts';
import { feedCases } from './conformance-feed.ts';
import { leaseCases } from './conformance-leases.ts';
import type { OpenStorage } from './conformance-open.ts';

/** The promise of the storage port as a suite: every adapter passes it. `open` gives a fresh, empty storage of 4 partitions. */
export function storageConformance(name: string, open: OpenStorage): void {
  describe(`storage: ${name}`, () => {
    commitCases(open);
    feedCases(open);
    leaseCases(open);
    documentCases(open);
  });
}
