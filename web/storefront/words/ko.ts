import { browse } from './ko/browse.ts';
import { cart } from './ko/cart.ts';
import { checkout } from './ko/checkout.ts';
import { error } from './ko/error.ts';
import { options } from './ko/options.ts';
import { orders } from './ko/orders.ts';
import { product } from './ko/product.ts';
import { shell } from './ko/shell.ts';
import type { Words } from './words.ts';

const words: Words = { shell, browse, options, product, cart, checkout, orders, error };
export default words;
