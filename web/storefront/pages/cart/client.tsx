import { hydrate } from '../../hydrate.tsx';
import { CartBody } from './CartBody.tsx';

await hydrate(CartBody);
