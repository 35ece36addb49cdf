import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallContract, Contract } from '../../kernel/contract.ts';
import { streamOf } from '../event-store/aggregate.ts';
import type { EventStore, Work } from '../event-store/port.ts';
import type { Policy } from '../resilience/port.ts';
import type { Outward } from './port.ts';

/** In a rehearsal nothing is done outside: whoever tries is stopped with this, and what it was is noted. */
export class OnlyRehearsing extends Error {
  override readonly name = 'OnlyRehearsing';
}

/** What has been tried since the rehearsal began. It follows the asynchronous flow, through every service of the process. */
const rehearsals = new AsyncLocalStorage<Outward[]>();

/** Runs `work` as a rehearsal. `outward` is filled as it goes, and stays readable when `work` throws. */
export function rehearse<Result>(outward: Outward[], work: () => Promise<Result>): Promise<Result> {
  return rehearsals.run(outward, work);
}

/**
 * How the calls of a service, or of another company's system (`outside`), are made in a rehearsal: a service's queries are
 * asked, for they change nothing; whatever else is stopped. Guards and retries belong within, so that they never see it.
 */
export function rehearsalPolicy({ service, calls }: Contract, outside: boolean): (call: CallContract) => Policy {
  const names = new Map(Object.entries(calls).map(([name, call]) => [call, name]));
  return (call) => {
    const what = `${service}.${names.get(call)}`;
    const harmless = call.kind === 'query' && !outside;
    return (next) => (request, context) => {
      const rehearsal = rehearsals.getStore();
      if (rehearsal === undefined) return next(request, context);
      if (!harmless) return Promise.reject(stopped(rehearsal, 'call', what));
      rehearsal.push({ kind: 'query', what, done: true });
      return next(request, context);
    };
  };
}

/** An event store that takes no work in a rehearsal. */
export function rehearsedStore(store: EventStore): EventStore {
  return {
    ...store,
    decide(work) {
      const rehearsal = rehearsals.getStore();
      return rehearsal === undefined
        ? store.decide(work)
        : Promise.reject(stopped(rehearsal, 'write', targetsOf(work)));
    },
  };
}

function stopped(rehearsal: Outward[], kind: 'call' | 'write', what: string): OnlyRehearsing {
  rehearsal.push({ kind, what, done: false });
  return new OnlyRehearsing(`a rehearsal does not ${kind === 'call' ? 'call' : 'write'} ${what}`);
}

function targetsOf({ intents, documents = [] }: Work): string {
  const streams = intents.map(({ aggregate, id }) => streamOf(aggregate, id));
  const keys = documents.map(({ collection, key }) => `${collection.name}/${key}`);
  return [...streams, ...keys].join(', ') || 'nothing';
}
