import type { Pool } from 'pg';
import type { Positions } from './port.ts';
import { rowsOf } from './postgres-rows.ts';

const NO_SUCH_TABLE = '42P01';

/** Which log a database holds and how far it has come, read without opening it; of a database without one an epoch that no log has. */
export async function postgresSight(pool: Pool): Promise<{ readonly epoch: string; readonly positions: Positions }> {
  try {
    const text = 'SELECT epoch, position FROM log_head ORDER BY partition';
    const rows = await rowsOf<{ epoch: string; position: number }>(pool, text);
    return { epoch: rows[0]?.epoch ?? '', positions: rows.map(({ position }) => position) };
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_SUCH_TABLE) return { epoch: '', positions: [] };
    throw error;
  }
}
