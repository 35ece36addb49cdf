import { type Dispatcher, Pool } from 'undici';
import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import { type Notice, noticeReader, SILENCE_MS } from './notice.ts';

export interface HearOptions {
  /** Where the peer answers. */
  readonly origin: string;
  readonly path: string;
  readonly token: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly hear: (notice: Notice) => void;
  /** The stream broke, or was silent for too long: what was heard may be outdated. */
  readonly cut: () => void;
}

const BACKOFF = { firstMs: 50, mostMs: 1_000 };

/** Listens to a peer, and comes back whenever the stream breaks. The returned function ends it. */
export function hearPeer(options: HearOptions): () => Promise<void> {
  const { origin, clock, random, cut } = options;
  const closing = new AbortController();
  const pool = new Pool(origin, {
    connections: 1,
    connect: { timeout: SILENCE_MS },
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
  });
  const run = async () => {
    for (let failures = 0; !closing.signal.aborted; ) {
      const heard = await listen(pool, options);
      if (heard) cut();
      failures = heard ? 0 : failures + 1;
      await sleep(clock, backoffMs(failures + 1, random, BACKOFF), closing.signal);
    }
  };
  const running = run();
  return async () => {
    closing.abort();
    await pool.destroy();
    await running;
  };
}

/** Resolves when the stream has ended, with whether anything was heard. */
function listen(pool: Pool, { path, token, hear }: HearOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const text = new TextDecoder();
    const read = noticeReader(hear);
    let heard = false;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(controller, status) {
        if (status !== 200) controller.abort(new Error(`a peer answered ${status}`));
      },
      onResponseData(controller, part) {
        try {
          read(text.decode(part, { stream: true }));
          heard = true;
        } catch (error) {
          controller.abort(error as Error);
        }
      },
      onResponseEnd: () => resolve(heard),
      onResponseError: () => resolve(heard),
    };
    pool.dispatch({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } }, handler);
  });
}
