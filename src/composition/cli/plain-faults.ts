import { NewerLogFault } from '../../platform/event-store/written.ts';
import { PostgresServerFault } from '../../platform/postgres-server/port.ts';
import { NewerDatabaseError } from '../../platform/storage/postgres-schema.ts';
import { SetupFault } from '../fault.ts';

/** Runs a command. What a person must put right is told as its one sentence; anything else keeps its stack. */
export async function withPlainFaults(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.exitCode = 1;
    console.error(sentenceOf(error) ?? error);
  }
}

/** Of the file system and of PostgreSQL. */
const DISK_FULL = new Set(['ENOSPC', '53100']);

function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (DISK_FULL.has((error as NodeJS.ErrnoException).code ?? ''))
    return 'The disk is full: free some space and start again.';
  const plain = [SetupFault, PostgresServerFault, NewerDatabaseError, NewerLogFault].some(
    (kind) => error instanceof kind,
  );
  return plain ? error.message : undefined;
}
