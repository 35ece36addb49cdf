import { cart } from '../contracts/cart.ts';
import { catalog } from '../contracts/catalog.ts';
import { inventory } from '../contracts/inventory.ts';
import { orders } from '../contracts/orders.ts';
import { payments } from '../contracts/payments.ts';
import { search } from '../contracts/search.ts';
import { shipping } from '../contracts/shipping.ts';
import type { Contract } from '../kernel/contract.ts';

/** What every service promises, also those that run elsewhere. */
export const contracts: Readonly<Record<string, Contract>> = {
  ...{ catalog, search, inventory, cart, orders, payments, shipping },
};
