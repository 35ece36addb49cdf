import type { Dispatcher, Pool } from 'undici';

/** Sends a request without a body and reads its answer only to throw it away. Resolves with the status; undefined without one. */
export function echo(pool: Pool, options: Dispatcher.DispatchOptions): Promise<number | undefined> {
  return new Promise((resolve) => {
    let status: number | undefined;
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart(_controller, code) {
        status = code;
      },
      onResponseData() {},
      onResponseEnd: () => resolve(status),
      onResponseError: () => resolve(undefined),
    });
  });
}
