import { hydrate } from '../../hydrate.tsx';
import { ProductBody } from './ProductBody.tsx';

await hydrate(ProductBody);
