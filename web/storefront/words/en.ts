import { browse } from './en/browse.ts';
import { cart } from './en/cart.ts';
import { checkout } from './en/checkout.ts';
import { error } from './en/error.ts';
import { options } from './en/options.ts';
import { orders } from './en/orders.ts';
import { product } from './en/product.ts';
import { shell } from './en/shell.ts';

export default { shell, browse, options, product, cart, checkout, orders, error };
