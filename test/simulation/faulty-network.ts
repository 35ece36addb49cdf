import type { CallContext, Client, Contract } from '../../src/kernel/contract.ts';
import { type Outcome, unknown } from '../../src/kernel/outcome.ts';
import type { Bus, Delivery } from '../../src/platform/bus/port.ts';
import type { Calls } from '../../src/platform/calls/port.ts';
import type { Positions } from '../../src/platform/storage/port.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import type { Scheduler } from './scheduler.ts';
import type { Troubles } from './troubles.ts';

/** What lies between the services. */
export interface Network {
  readonly life: Life;
  readonly scheduler: Scheduler;
  readonly troubles: Troubles;
  readonly chance: Chance;
  readonly trace: (line: string) => void;
  /** Told of a call when it arrives; what it returns is told of the answer when that leaves. */
  readonly watch: (name: string, request: unknown) => ((outcome: Outcome<unknown>) => void) | undefined;
}

/** A question to somebody outside the process, and whatever may become of it. */
export interface Errand<Answer> {
  readonly to: string;
  readonly timeoutMs: number;
  readonly work: () => Promise<Answer>;
  readonly lost: Answer;
}

/** Carries out an errand: it may be lost, come late or twice, and its answer may be lost; then `lost` is the answer after the timeout. */
export function carry<Answer>({ life, scheduler, troubles, chance }: Network, errand: Errand<Answer>): Promise<Answer> {
  const { to, timeoutMs, work, lost } = errand;
  if (life.isDead()) return new Promise(() => undefined);
  const travel = () => chance.between(0.02, 1);
  const faults = troubles.calls(to);
  const struck = (what: 'lostRequest' | 'lostAnswer' | 'twice' | 'late') =>
    faults.find((fault) => troubles.strikes(fault, what, fault[what]));
  return new Promise((resolve) => {
    const giveUp = life.deliver(timeoutMs, () => resolve(lost));
    if (struck('lostRequest')) return;
    const late = struck('late');
    const again = struck('twice');
    const answerIsLost = struck('lostAnswer') !== undefined;
    const go = () =>
      void work().then((answer) => {
        if (answerIsLost) return;
        life.deliver(travel(), () => {
          giveUp();
          resolve(answer);
        });
      });
    scheduler.after(travel() + (late === undefined ? 0 : troubles.delay(late, late.lateMs)), go);
    if (again !== undefined) scheduler.after(travel() + troubles.delay(again, again.lateMs), go);
  });
}

const CALL_TIMEOUT_MS = 10_000;

/** Calls between services over a network. Calls of `direct` are handed on: what is behind them has a way of its own. */
export function callsOverNetwork(calls: Calls, network: Network, direct: ReadonlySet<string>): Calls {
  const { life, trace, watch } = network;

  function ask(service: string, call: string, request: unknown, context: CallContext): Promise<Outcome<unknown>> {
    if (direct.has(service)) return calls.ask(service, call, request, context);
    const { waitMs = 0 } = request as { waitMs?: number };
    return carry<Outcome<unknown>>(network, {
      to: service,
      timeoutMs: CALL_TIMEOUT_MS + waitMs,
      async work() {
        // Both live in one process: the one who is asked dies with the one who asks.
        if (life.isDead()) return new Promise(() => undefined);
        const answered = watch(`${service}.${call}`, request);
        const outcome = await calls.ask(service, call, request, context);
        answered?.(outcome);
        trace(`${service}.${call} ${outcome.kind === 'done' ? 'done' : JSON.stringify(outcome)}`);
        return outcome;
      },
      lost: unknown('timeout'),
    });
  }

  return {
    ...calls,
    ask,
    client<C extends Contract>({ service, calls: promised }: C): Client<C> {
      const names = Object.keys(promised);
      const asks = names.map((name) => [
        name,
        (request: unknown, context: CallContext = {}) => ask(service, name, request, context),
      ]);
      return Object.fromEntries(asks) as Client<C>;
    },
  };
}

/** A bus whose deliveries fail, come twice, late, in parts, and in another order between partitions. */
export function busOverNetwork(bus: Bus, { troubles, chance, trace }: Network): Bus {
  async function deliver(group: string, delivery: Delivery, handle: (delivery: Delivery) => Promise<void>) {
    if (troubles.lags(group)) throw new Error('nothing is heard');
    const faults = troubles.bus(group);
    const struck = (what: 'lost' | 'ackLost' | 'twice' | 'split') =>
      faults.some((fault) => troubles.strikes(fault, what, fault[what]));
    if (struck('lost')) throw new Error('the delivery was lost');
    trace(`${group} hears ${delivery.messages.map(({ id, type }) => `${id}:${type}`).join(' ')}`);
    if (struck('split')) for (const part of inParts(delivery, chance)) await handle(part);
    else await handle(delivery);
    if (struck('twice')) await handle(delivery);
    if (struck('ackLost')) throw new Error('the acknowledgement was lost');
  }

  return {
    ...bus,
    subscribe: (subscription) =>
      bus.subscribe({
        ...subscription,
        handle: (delivery) => deliver(subscription.group, delivery, subscription.handle),
      }),
  };
}

/** The delivery in two, its partitions in another order; within a partition the order stays. */
function inParts(delivery: Delivery, chance: Chance): readonly Delivery[] {
  const queues = [...Map.groupBy(delivery.messages, ({ partition }) => partition).values()].map((each) => [...each]);
  const messages: Delivery['messages'][number][] = [];
  for (let left = queues; left.length > 0; left = left.filter((queue) => queue.length > 0)) {
    const message = chance.one(left).shift();
    if (message !== undefined) messages.push(message);
  }
  const first = messages.slice(0, chance.whole(1, messages.length));
  const rest = messages.slice(first.length);
  if (rest.length === 0) return [{ ...delivery, messages }];
  const middle: Positions = first.reduce<number[]>(
    (positions, { partition, position }) => positions.with(partition, position),
    [...delivery.from],
  );
  return [
    { ...delivery, messages: first, through: middle },
    { ...delivery, messages: rest, from: middle },
  ];
}
