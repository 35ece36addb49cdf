import { type Clock, type Random, sleep } from '../clock/port.ts';
import { backoffMs } from '../resilience/retry.ts';

export interface Asking<Answer> {
  readonly clock: Clock;
  readonly random: Random;
  /** Asks the registry once. What it throws is told as trouble, and asked again after a growing, jittered pause. */
  readonly ask: (signal: AbortSignal) => Promise<Answer>;
  /** Takes the answer and says how long it is good for, in ms. */
  readonly told: (answer: Answer) => number;
  readonly lost: (trouble: string) => void;
}

/** A registry that comes back is not run over by all who missed it: they ask again spread over this time. */
const BACKOFF = { firstMs: 400, mostMs: 8_000 };
const LEAST_MS = 25;
/** Many processes that started together drift apart: each pause is up to this part longer. */
const JITTER = 0.1;

/** Asks on and on until it is stopped; one question at a time. */
export function keepAsking<Answer>(options: Asking<Answer>): { stop(): Promise<void> } {
  const { clock, random } = options;
  const stopping = new AbortController();
  let failures = 0;

  const once = async (): Promise<number> => {
    const outcome = await options.ask(stopping.signal).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if (stopping.signal.aborted) return 0;
    if ('answer' in outcome) {
      failures = 0;
      return options.told(outcome.answer) * (1 + JITTER * random.fraction());
    }
    options.lost(wordsOf(outcome.error));
    failures += 1;
    return LEAST_MS + backoffMs(failures, random, BACKOFF);
  };
  const run = async () => {
    while (!stopping.signal.aborted) await sleep(clock, await once(), stopping.signal);
  };
  const running = run();
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}

/** What went wrong in a line, with what is beneath it. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, cause } = error as NodeJS.ErrnoException;
  const said = error.message === '' ? (code ?? error.name) : error.message;
  return cause === undefined ? said : `${said}: ${wordsOf(cause)}`;
}
