import { cart } from '../../contracts/cart.ts';
import { orders } from '../../contracts/orders.ts';
import type { CallContext, Contract, RequestOf } from '../../kernel/contract.ts';
import { done, type Outcome, rejected } from '../../kernel/outcome.ts';
import type { Caches } from '../../platform/cache/port.ts';
import { clientOver } from '../../platform/calls/local.ts';
import type { Calls } from '../../platform/calls/port.ts';
import { answerOf } from '../../platform/http/problem.ts';
import type { Membership } from '../../platform/membership/port.ts';
import { settingsOf as checkedSettings } from '../../platform/service/settings.ts';
import type { Metrics } from '../../platform/telemetry/port.ts';
import { baskets } from '../../services/cart/basket.ts';
import { cartCopies } from '../../services/cart/copies.ts';
import { keptOffers } from '../../services/cart/kept-offers.ts';
import { cartReadRoute, type ReadWish } from '../../services/cart/read-route.ts';
import { cartReading } from '../../services/cart/reading.ts';
import { CartSettings } from '../../services/cart/routes.ts';
import { price } from '../../services/orders/price.ts';
import type { Engines } from '../engines/engines.ts';
import type { FrontDoorOptions } from './front-door.ts';
import { openServiceDoor, type ServiceDoorOptions } from './service-door.ts';

export interface CartCopiesOptions {
  readonly caches: Caches;
  readonly calls: Calls;
  readonly membership: Pick<Membership, 'leaderOf' | 'invalidations'>;
  readonly engines: Pick<Engines, 'clock' | 'random'>;
  readonly metrics: Pick<Metrics, 'watch'>;
  /** What the topology says to the carts. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly capabilities: Parameters<typeof cartReadRoute>[0];
}

/** Takes the requests that a copy may answer; a request that a peer has forwarded is for the leader, and not shown here. */
export type CopyDoor = NonNullable<FrontDoorOptions['copies']>;

/** Carts from copies, in a process that does not lead them. */
export interface CopiedCarts {
  /** The same calls; `cart.read` is answered from a copy where there is one that is new enough. */
  readonly calls: Calls;
  /** What answers `GET /v1/carts/:cartId` of whoever says what they have seen, before the front door forwards it. */
  openDoor(options: ServiceDoorOptions): Promise<CopyDoor>;
  close(): void;
}

const SERVICE = cart.service;
const ONE_CART = /^\/v1\/carts\/[^/?]+\?(?:.*&)?after=/;

/** Opens the reading of carts from copies. Nothing of it is asked while the carts are led in this process. */
export function openCartCopies(options: CartCopiesOptions): CopiedCarts {
  const { caches, calls, membership, engines, metrics, settings } = options;
  const { clock, random } = engines;
  const counts = new Map<string, number>();
  metrics.watch('jangteo_cart_copies_total', () =>
    [...counts].map(([outcome, value]) => ({ labels: { outcome }, value })),
  );
  const offering = baskets({ client: pricingHere(calls).client });
  const offers = keptOffers((skus, currency) => offering.offersOf(skus, currency), membership.invalidations, clock);
  const readCopy = cartReading({
    copies: cartCopies(caches, random),
    offering: { ...offering, offersOf: offers.offersOf },
    ...{ clock, expiresAfterMs: checkedSettings(CartSettings, settings).expiresAfterMs },
    told: (outcome) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1),
  });
  const isLedHere = () => membership.leaderOf(SERVICE)?.isSelf === true;

  const ask: Calls['ask'] = async (service, call, request, context) => {
    if (service !== SERVICE || call !== 'read' || isLedHere()) return calls.ask(service, call, request, context);
    return (await readCopy(request as ReadWish)) ?? calls.ask(service, call, request, context);
  };
  const client = <C extends Contract>(contract: C) =>
    contract.service === SERVICE ? clientOver(ask, contract) : calls.client(contract);
  const read = client(cart).read;

  return {
    calls: { serve: calls.serve, ask, client },
    async openDoor(doorOptions) {
      const door = await openServiceDoor(doorOptions, [
        cartReadRoute(options.capabilities, async (wish) => answerOf(await read(wish))),
      ]);
      return {
        door,
        answers: ({ method, url = '' }) => method === 'GET' && ONE_CART.test(url) && !isLedHere(),
      };
    },
    close: offers.close,
  };
}

/** The same calls; what lines cost is worked out here, for it depends on nothing but what is asked. */
function pricingHere(calls: Calls): Pick<Calls, 'client'> {
  const ask = async (
    service: string,
    call: string,
    request: unknown,
    context: CallContext,
  ): Promise<Outcome<unknown>> => {
    if (call !== 'price') return calls.ask(service, call, request, context);
    const pricing = price(request as RequestOf<typeof orders.calls.price>);
    return pricing.ok ? done(pricing.priced) : rejected(pricing.rejection);
  };
  return {
    client: (contract) => (contract.service === orders.service ? clientOver(ask, contract) : calls.client(contract)),
  };
}
