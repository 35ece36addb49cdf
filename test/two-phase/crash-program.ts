import { systemClock, systemRandom } from '../../src/platform/clock/system.ts';
import { silentLogger } from '../../src/platform/telemetry/silent.ts';
import { openCoordinator } from '../../src/platform/two-phase/coordinator.ts';
import type { Branch, Resource } from '../../src/platform/two-phase/port.ts';
import type { CrashPoint } from './crash-cases.ts';
import { buyByTwoPhase } from './payment-and-order.ts';
import { openPlaces, type PlaceUrls } from './places.ts';

/** Buys once and stops dead at one step of the protocol, says so, and waits to be killed. */
const { urls, point, purchase } = JSON.parse(process.argv[2] ?? '') as {
  urls: PlaceUrls;
  point: CrashPoint;
  purchase: string;
};

function stopAt(reached: CrashPoint): Promise<void> | undefined {
  if (reached !== point) return undefined;
  process.stdout.write('reached\n');
  setInterval(() => undefined, 1_000);
  return new Promise(() => {});
}

let promised = 0;
let promiseMade = () => {};
const firstPromise = new Promise<void>((resolve) => {
  promiseMade = resolve;
});
let settled = 0;
let settledOne = () => {};
const firstCommit = new Promise<void>((resolve) => {
  settledOne = resolve;
});

/** Only the first resource to be asked goes ahead where the others are to stop. */
function stopping<Session>(resource: Resource<Session>): Resource<Session> {
  return {
    ...resource,
    async begin(transaction): Promise<Branch<Session>> {
      const branch = await resource.begin(transaction);
      return {
        ...branch,
        async prepare() {
          await stopAt('before the promises');
          if (point === 'between the promises' && promised++ > 0) {
            await firstPromise;
            await stopAt('between the promises');
          }
          const receipt = await branch.prepare();
          promiseMade();
          return receipt;
        },
      };
    },
    async commit(transaction, receipt) {
      if (point === 'between the commits' && settled++ > 0) {
        await firstCommit;
        await stopAt('between the commits');
      }
      const fate = await resource.commit(transaction, receipt);
      settledOne();
      return fate;
    },
  };
}

const places = await openPlaces(urls);
const [payments, orders, queue] = [stopping(places.payments), stopping(places.orders), stopping(places.queue)];
const coordinator = await openCoordinator({
  log: {
    ...places.log,
    async record(epoch, decision) {
      await stopAt('before the decision');
      const answer = await places.log.record(epoch, decision);
      await stopAt('after the decision');
      return answer;
    },
    async forget(transactions) {
      await stopAt('before forgetting');
      return places.log.forget(transactions);
    },
  },
  resources: [payments, orders, queue],
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
});
await buyByTwoPhase(
  coordinator,
  { ...places, payments, orders, queue },
  { id: purchase, account: 'buyer', amount: 10 },
);
