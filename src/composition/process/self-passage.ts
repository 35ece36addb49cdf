import type { Readable } from 'node:stream';
import { Pool } from 'undici';
import type { Passage } from '../../edges/console/admin-passage.ts';

/** Asks this process's own door, which knows who answers. */
export function selfPassage(origin: string): { readonly ask: Passage; close(): Promise<void> } {
  const pool = new Pool(origin, { connections: 16 });
  return {
    async ask({ method, path, headers, body }) {
      const {
        statusCode,
        headers: answered,
        body: said,
      } = await pool.request({
        ...{ method: method as 'GET', path, headers },
        ...(body && { body }),
      });
      return { statusCode, headers: answered, body: said as Readable };
    },
    close: () => pool.destroy(),
  };
}
