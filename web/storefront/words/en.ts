import { error } from './en/error.ts';
import { product } from './en/product.ts';
import { shell } from './en/shell.ts';

export default { shell, product, error };
