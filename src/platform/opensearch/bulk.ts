import { type Clock, type Random, sleep } from '../clock/port.ts';
import { UnavailableFault } from '../event-store/port.ts';
import { backoffMs } from '../resilience/retry.ts';
import { type Engine, OverloadedEngine } from './engine.ts';

/** A change of one document. `target` is an alias, so that no write ever makes an index by mistake. */
export type Action =
  | { readonly kind: 'create'; readonly target: string; readonly id: string; readonly body: object }
  /** The whole document, unless it is there in this version or a newer one. */
  | {
      readonly kind: 'index';
      readonly target: string;
      readonly id: string;
      readonly version: number;
      readonly body: object;
    }
  /** A scripted change; `answer` asks for the document as it is afterwards. */
  | {
      readonly kind: 'update';
      readonly target: string;
      readonly id: string;
      readonly body: object;
      readonly answer?: boolean;
    };

/** What became of an action. `exists`: it is there already, of a version the same or newer. `gone`: its target is no more. `refused`: never to be asked again like this. */
export type Fate =
  | { readonly kind: 'written'; readonly source: Readonly<Record<string, unknown>> }
  | { readonly kind: 'exists' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Writes in bulk: the fates come in the order of the actions. Throws an UnavailableFault when the engine does not answer, or stays overloaded. */
export type WriteBulk = (actions: readonly Action[]) => Promise<readonly Fate[]>;

export interface BulkOptions {
  readonly ask: Engine['ask'];
  readonly clock: Clock;
  readonly random: Random;
}

const MOST_ACTIONS = 1_000;
const MOST_LETTERS = 2_000_000;
/** More than this at once fills the engine's queues and helps nobody. */
const IN_FLIGHT = 2;
const ATTEMPTS = 8;
const BACKOFF = { firstMs: 50, mostMs: 5_000 };
const CONFLICTS_RETRIED_THERE = 3;

/**
 * Bulk requests of bounded size, few at a time: whoever writes faster than the engine waits. Actions that an overloaded engine
 * turned away are asked again, later and later; a document that it can never take is told apart, and harms no neighbour.
 */
export function bulkWriter({ ask, clock, random }: BulkOptions): WriteBulk {
  const waiting: (() => void)[] = [];
  let underWay = 0;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (underWay >= IN_FLIGHT) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) underWay--;
      else next();
    }
  }

  /** The fates of a request's actions; undefined for those that may be asked again. */
  async function send(actions: readonly Prepared[]): Promise<readonly (Fate | undefined)[]> {
    try {
      const body = actions.map(({ lines }) => lines).join('');
      const { status, body: told } = await ask({ method: 'POST', path: '/_bulk?require_alias=true', body });
      if (status === 413) return tooLarge(actions);
      if (status !== 200) throw new UnavailableFault(`OpenSearch answered a bulk request with ${status}`);
      const { items } = told as { readonly items: readonly Item[] };
      return actions.map((_, at) => fateOf(items[at]));
    } catch (fault) {
      if (fault instanceof OverloadedEngine) return actions.map(() => undefined);
      throw fault;
    }
  }

  async function tooLarge(actions: readonly Prepared[]): Promise<readonly (Fate | undefined)[]> {
    if (actions.length === 1) return [{ kind: 'refused', reason: 'the document is too large' }];
    const half = Math.ceil(actions.length / 2);
    return [...(await send(actions.slice(0, half))), ...(await send(actions.slice(half)))];
  }

  async function persist(actions: readonly Prepared[]): Promise<readonly Fate[]> {
    const fates: (Fate | undefined)[] = actions.map(() => undefined);
    for (let attempt = 1; ; attempt++) {
      const open = [...actions.keys()].filter((at) => fates[at] === undefined);
      const told = await send(open.map((at) => actions[at] as Prepared));
      for (const [index, at] of open.entries()) fates[at] = told[index];
      if (fates.every((fate) => fate !== undefined)) return fates;
      if (attempt === ATTEMPTS) throw new OverloadedEngine('OpenSearch stays overloaded');
      await sleep(clock, backoffMs(attempt, random, BACKOFF));
    }
  }

  return async (actions) => {
    const parts = await Promise.all(partsOf(actions).map((part) => inTurn(() => persist(part))));
    return parts.flat();
  };
}

/** An action as it is sent. */
interface Prepared {
  readonly lines: string;
}

interface Item {
  readonly [operation: string]: {
    readonly status: number;
    readonly error?: { readonly type: string; readonly reason: string };
    readonly get?: { readonly _source?: Readonly<Record<string, unknown>> };
  };
}

function fateOf(item: Item | undefined): Fate | undefined {
  const [operation, told] = Object.entries(item ?? {})[0] ?? [];
  if (told === undefined) return undefined;
  const { status, error, get } = told;
  if (status < 300) return { kind: 'written', source: get?._source ?? {} };
  if (status === 409) return operation === 'update' ? undefined : { kind: 'exists' };
  if (status === 429 || status >= 500) return undefined;
  if (status === 404 || error?.type === 'index_not_found_exception') return { kind: 'gone' };
  return { kind: 'refused', reason: `${error?.type}: ${error?.reason}`.slice(0, 500) };
}

function linesOf({ kind, target, id, body, ...rest }: Action): string {
  const retried = kind === 'update' ? { retry_on_conflict: CONFLICTS_RETRIED_THERE } : {};
  const versioned = 'version' in rest ? { version: rest.version, version_type: 'external' } : {};
  const answer = 'answer' in rest && rest.answer === true ? { _source: true } : {};
  const meta = { [kind]: { _index: target, _id: id, ...retried, ...versioned } };
  return `${JSON.stringify(meta)}\n${JSON.stringify({ ...body, ...answer })}\n`;
}

function partsOf(actions: readonly Action[]): readonly (readonly Prepared[])[] {
  const parts: Prepared[][] = [];
  let letters = 0;
  for (const action of actions) {
    const lines = linesOf(action);
    const part = parts.at(-1);
    if (part === undefined || part.length >= MOST_ACTIONS || letters + lines.length > MOST_LETTERS) {
      parts.push([{ lines }]);
      letters = lines.length;
    } else {
      part.push({ lines });
      letters += lines.length;
    }
  }
  return parts;
}
