import type { Connection, Passage } from './connection.ts';
import type { Upstream } from './pools.ts';
import type { ResponseHead } from './response-head.ts';

/** Sends a request without a body and reads its answer only to throw it away. Resolves with the status; undefined without one. */
export function echo(
  upstream: Upstream,
  request: Pick<Passage, 'method' | 'head' | 'headersTimeoutMs'>,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    let status: number | undefined;
    const passage: Passage = {
      ...request,
      onSend(connection: Connection) {
        connection.begin(passage);
        return true;
      },
      onHead(head: ResponseHead) {
        if (head.status >= 200) status = head.status;
      },
      onData: () => true,
      onEnd() {
        resolve(status);
        return true;
      },
      onFailure: () => resolve(undefined),
    };
    if (!upstream.carry(passage)) {
      upstream.takeBack(passage);
      resolve(undefined);
    }
  });
}
