import pg from 'pg';
import type { CommitResult } from './port.ts';
import { CONFLICT_STATE } from './postgres-commit-function.ts';

/** SQLSTATE classes of values that a database will never take: data, integrity, limits of the program. */
const NEVER = /^(22|23|54)/;
const UNIQUE_VIOLATION = '23505';
/** Severities after which the session is gone: the commit may or may not have happened just before. */
const SESSION_LOST = new Set(['FATAL', 'PANIC']);

/**
 * What an error after sending a commit means. An ERROR is answered by a server that has rolled back; whatever else ends the
 * exchange (the connection, the session, our patience) leaves the fate unknown.
 */
export function fateOf(cause: Error): CommitResult {
  if (!(cause instanceof pg.DatabaseError) || cause.severity === undefined) return { fate: 'unknown', cause };
  if (SESSION_LOST.has(severityOf(cause))) return { fate: 'unknown', cause };
  return NEVER.test(cause.code ?? '') ? { fate: 'refused', cause } : { fate: 'unavailable', cause };
}

/** Whether a commit met something else than it expected. A commit's own id is new whenever it is asked for by this program. */
export function isConflict(cause: unknown): boolean {
  if (!(cause instanceof pg.DatabaseError)) return false;
  return cause.code === CONFLICT_STATE || (cause.code === UNIQUE_VIOLATION && cause.table !== 'commits');
}

/** Whether the server rolled back in favour of another transaction, so that the same commit may be sent again at once. */
export function isTransient(cause: unknown): boolean {
  return cause instanceof pg.DatabaseError && (cause.code === '40P01' || cause.code === '40001');
}

export function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

function severityOf(cause: pg.DatabaseError): string {
  return cause.severity ?? '';
}
