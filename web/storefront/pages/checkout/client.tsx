import { hydrate } from '../../hydrate.tsx';
import { CheckoutBody } from './CheckoutBody.tsx';

await hydrate(CheckoutBody);
