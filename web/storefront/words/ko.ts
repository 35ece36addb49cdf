import { error } from './ko/error.ts';
import { product } from './ko/product.ts';
import { shell } from './ko/shell.ts';
import type { Words } from './words.ts';

const words: Words = { shell, product, error };
export default words;
